import { Textarea, UnstyledButton } from '@mantine/core';
import { useId, useMemo, useRef, type ReactNode } from 'react';
import type { FieldErrorView } from '../../api/generated/schema.d.ts';
import classes from './JsonEditor.module.css';
import { jsonPlaces, lineAndColumn, placeOf, type Place } from './json-places.ts';

interface Props {
  label: string;
  description?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  /** What the registry finds wrong with what was sent; each is shown with the place of its field. */
  errors?: readonly FieldErrorView[];
  minRows?: number;
}

/**
 * A text that is to be JSON. What is wrong with it stands below, each with its line and column, which lead there. Plain on purpose: the
 * browser's own text field can be used by everybody, and holds a megabyte.
 */
export function JsonEditor({ label, description, value, onChange, errors = [], minRows = 14 }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const parsed = useMemo(() => jsonPlaces(value), [value]);
  const faults = parsed.fault
    ? [{ key: 'fault', name: '', message: parsed.fault.message, place: { offset: parsed.fault.offset, length: 1 } }]
    : errors.map(({ field: name, message }) => ({
        key: `${name} ${message}`,
        name,
        message,
        place: placeOf(name, parsed),
      }));
  const goTo = ({ offset, length }: Place): void => {
    field.current?.focus();
    field.current?.setSelectionRange(offset, offset + length);
  };
  return (
    <div>
      <Textarea
        ref={field}
        label={label}
        description={description}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        error={faults.length > 0}
        aria-describedby={faults.length > 0 ? `${id}-faults` : undefined}
        rows={Math.max(minRows, Math.min(30, value.split('\n').length))}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        resize="vertical"
        classNames={{ input: classes.text }}
      />
      {faults.length > 0 && (
        <ul className={classes.faults} id={`${id}-faults`} aria-label={`What is wrong: ${label}`}>
          {faults.map(({ key, name, message, place }) => (
            <li key={key}>
              {place && (
                <>
                  <UnstyledButton className={classes.place} onClick={() => goTo(place)}>
                    {inWords(value, place)}
                  </UnstyledButton>
                  {': '}
                </>
              )}
              {name !== '' && <span className="mono">{name} </span>}
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function inWords(text: string, { offset }: Place): string {
  const { line, column } = lineAndColumn(text, offset);
  return `Line ${line}, column ${column}`;
}
