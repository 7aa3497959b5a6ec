import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** As the address has it. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** Milliseconds without a key pressed, after which is searched. */
const pause = 350;

/**
 * A field that narrows a list while one types. It keeps the focus, and follows the address when that changes by other
 * means.
 */
export function FilterText({ value, onChange, ...props }: Props) {
  const [text, setText] = useState(value ?? '');
  const [known, setKnown] = useState(value);
  const search = useDebouncedCallback((wanted: string) => onChange(wanted.trim() || undefined), pause);
  if (value !== known) {
    setKnown(value);
    if ((value ?? '') !== text.trim()) setText(value ?? '');
  }
  return (
    <TextInput
      {...props}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        search(currentTarget.value);
      }}
    />
  );
}
