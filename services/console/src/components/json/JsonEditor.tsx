import { Textarea, UnstyledButton } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import { useMemo, useRef, type ReactNode, type Ref } from 'react';
import type { FieldErrorView } from '#contracts/rest-api';
import classes from './JsonEditor.module.css';
import { jsonPlaces, lineAndColumn, placeOf, type JsonPlaces, type Place } from './json-places.ts';

interface Props {
  label: string;
  description?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  /** What the registry finds wrong with what was sent; each is shown with the place of its field. */
  errors?: readonly FieldErrorView[];
  minRows?: number;
  isReadOnly?: boolean;
  /** The text field: to be focused by a form that does not send what is no JSON. */
  ref?: Ref<HTMLTextAreaElement>;
}

interface Fault extends FieldErrorView {
  /** Undefined where no part of the text is meant. */
  place: Place | undefined;
}

/**
 * A text that is to be JSON. What is wrong with it stands below, each with its line and column, which lead there. Plain
 * on purpose: the browser's own text field is accessible, and holds a megabyte.
 */
export function JsonEditor({
  label,
  description,
  value,
  onChange,
  errors = [],
  minRows = 14,
  isReadOnly = false,
  ref,
}: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const fieldRef = useMergedRef(field, ref);
  const parsed = useMemo(() => jsonPlaces(value), [value]);
  const faults = faultsIn(parsed, errors);
  const goTo = ({ offset, length }: Place): void => {
    field.current?.focus();
    field.current?.setSelectionRange(offset, offset + length);
  };
  return (
    <Textarea
      ref={fieldRef}
      label={label}
      description={description}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={faults.length > 0 && <Faults label={label} text={value} faults={faults} onGoTo={goTo} />}
      errorProps={{ component: 'div' }}
      readOnly={isReadOnly}
      rows={Math.max(minRows, Math.min(30, value.split('\n').length))}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      resize="vertical"
      classNames={{ input: classes.text }}
    />
  );
}

interface FaultsProps {
  label: string;
  text: string;
  faults: readonly Fault[];
  onGoTo: (place: Place) => void;
}

function Faults({ label, text, faults, onGoTo }: FaultsProps) {
  return (
    <ul className={classes.faults} aria-label={`Errors: ${label}`}>
      {faults.map(({ field, message, place }) => (
        <li key={`${field} ${message}`}>
          {place && (
            <>
              <UnstyledButton className={classes.place} onClick={() => onGoTo(place)}>
                {inWords(text, place)}
              </UnstyledButton>
              {': '}
            </>
          )}
          {field !== '' && <span className="mono">{field} </span>}
          {message}
        </li>
      ))}
    </ul>
  );
}

/** What is wrong with a text: as JSON, or else what the registry has found. */
function faultsIn(parsed: JsonPlaces, errors: readonly FieldErrorView[]): Fault[] {
  if (parsed.fault) {
    const { offset, message } = parsed.fault;
    return [{ field: '', message, place: { offset, length: 1 } }];
  }
  return errors.map(({ field, message }) => ({ field, message, place: placeOf(field, parsed) }));
}

function inWords(text: string, { offset }: Place): string {
  const { line, column } = lineAndColumn(text, offset);
  return `Line ${line}, column ${column}`;
}
