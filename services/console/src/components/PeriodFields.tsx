import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldOfMoment, momentOfField, periods, type Period, type PeriodName } from './period.ts';

interface Props {
  period: Period;
  /** Changes all three: what is not given any more is undefined. */
  onChange: (period: Period) => void;
}

const between = 'between';
const anyTime = { period: undefined, from: undefined, to: undefined };

/** Asks for a stretch of time: one that has a name, or between two moments of the viewer's zone. */
export function PeriodFields({ period, onChange }: Props) {
  const hasMoments = period.from !== undefined || period.to !== undefined;
  const [wantsMoments, setWantsMoments] = useState(hasMoments);
  const isBetween = period.period === undefined && (hasMoments || wantsMoments);
  const choose = (choice: string): void => {
    setWantsMoments(choice === between);
    if (choice === between) onChange({ ...anyTime, from: period.from, to: period.to });
    else onChange({ ...anyTime, period: choice === '' ? undefined : (choice as PeriodName) });
  };
  return (
    <>
      <NativeSelect
        label="Time"
        value={isBetween ? between : (period.period ?? '')}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={[
          { value: '', label: 'Any time' },
          ...Object.entries(periods).map(([value, label]) => ({ value, label })),
          { value: between, label: 'Between…' },
        ]}
      />
      {isBetween && (
        <>
          <Moment label="From" at={period.from} onChange={(from) => onChange({ ...anyTime, from, to: period.to })} />
          <Moment label="To" at={period.to} onChange={(to) => onChange({ ...anyTime, from: period.from, to })} />
        </>
      )}
    </>
  );
}

interface MomentProps {
  label: string;
  at: string | undefined;
  onChange: (at: string | undefined) => void;
}

function Moment({ label, at, onChange }: MomentProps) {
  const [text, setText] = useState(fieldOf(at));
  const [known, setKnown] = useState(at);
  if (at !== known) {
    setKnown(at);
    setText(fieldOf(at));
  }
  // Not with every key: a year is none before its last digit.
  const commit = (): void => {
    const moment = momentOfField(text);
    if (moment !== at) onChange(moment);
  };
  return (
    <TextInput
      type="datetime-local"
      label={label}
      value={text}
      max="9999-12-31T23:59"
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit();
      }}
    />
  );
}

function fieldOf(at: string | undefined): string {
  return at === undefined ? '' : fieldOfMoment(at);
}
