import { useMemo } from 'react';
import { LongText } from './LongText.tsx';

interface Props {
  label: string;
  value: unknown;
  note?: string;
}

/** A JSON value, indented. */
export function JsonText({ label, value, note }: Props) {
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  return <LongText label={label} text={text} note={note} />;
}
