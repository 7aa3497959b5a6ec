import { useMemo } from 'react';
import { indentJson } from '#contracts';
import { LongText } from './LongText.tsx';

interface Props {
  label: string;
  /** JSON as it was written: parsed and printed, its numbers would lose digits. */
  text: string;
  note?: string;
}

/** A JSON text, indented. */
export function JsonText({ label, text, note }: Props) {
  const indented = useMemo(() => indentJson(text), [text]);
  return <LongText label={label} text={indented} note={note} />;
}
