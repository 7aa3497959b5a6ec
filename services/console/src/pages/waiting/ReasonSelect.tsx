import { NativeSelect } from '@mantine/core';
import { textIn } from '../../app/search.ts';
import { attemptReasonChoices, deferralReasons, reasonLabel } from '../../components/reasons.ts';

interface Props {
  value: string | undefined;
  onChange: (reason: string | undefined) => void;
}

const waits = Object.entries(deferralReasons).map(([value, { label }]) => ({ value, label }));
const known = new Set([...waits, ...attemptReasonChoices].map(({ value }) => value));

/** Chooses why keys wait, or why their last attempt failed. */
export function ReasonSelect({ value, onChange }: Props) {
  const isUnknown = value !== undefined && !known.has(value);
  return (
    <NativeSelect
      label="Reason"
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(textIn(currentTarget.value))}
      data={[
        { value: '', label: 'Any' },
        ...(isUnknown ? [{ value, label: reasonLabel(value) }] : []),
        { group: 'Waits for', items: waits },
        // A code that is in both lists is offered once.
        { group: 'Last error', items: attemptReasonChoices.filter((choice) => !(choice.value in deferralReasons)) },
      ]}
    />
  );
}
