import { NumberInput, SimpleGrid, Stack, Textarea } from '@mantine/core';
import type { OperationDraft } from './operation-draft.ts';

interface Props {
  draft: OperationDraft;
  onChange: (draft: OperationDraft) => void;
  /** Of the canary: "keys that have waited longest". */
  first: string;
  /** Counted by the canary and the pace: "keys". */
  unit: string;
  /** From the registry, by field. */
  errors: Readonly<Record<string, string>>;
  hasNote?: boolean;
}

/** How an operation runs: canary, pace and note. */
export function OperationFields({ draft, onChange, first, unit, errors, hasNote = true }: Props) {
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <NumberInput
          label="Canary"
          description={`This number of ${first} goes first. If one fails, the operation stops.`}
          placeholder="None"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={100_000}
          allowDecimal={false}
          allowNegative={false}
          value={draft.canary}
          onChange={(canary) => onChange({ ...draft, canary })}
          error={errors.canary}
        />
        <NumberInput
          label="Per second"
          description={`The most ${unit} that begin in a second.`}
          placeholder="250"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0.01}
          max={10_000}
          allowNegative={false}
          value={draft.perSecond}
          onChange={(perSecond) => onChange({ ...draft, perSecond })}
          error={errors.perSecond}
        />
      </SimpleGrid>
      {hasNote && (
        <Textarea
          label="Note"
          description="The reason, for other operators"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1_000}
          value={draft.note}
          onChange={({ currentTarget }) => onChange({ ...draft, note: currentTarget.value })}
          error={errors.note}
        />
      )}
    </Stack>
  );
}
