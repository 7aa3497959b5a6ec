import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { EventName } from './EventName.tsx';
import { changesBetween, type FieldChange } from './field-changes.ts';
import classes from './FieldChanges.module.css';

/** How many are seen at once. */
const shown = 4;

interface Props {
  /** Null where there was nothing. */
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
}

/** What an action changed: field by field, what it was and what it is. Of what was made or asked for, how it is. */
export function FieldChanges({ before, after }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const changes = changesBetween(before, after);
  if (changes.length === 0) return <span aria-label="nothing">–</span>;
  const rest = changes.length - shown;
  return (
    <ul className={classes.changes}>
      {(isOpen ? changes : changes.slice(0, shown)).map((change) => (
        <Change key={change.field} change={change} isCompared={before !== null && after !== null} />
      ))}
      {rest > 0 && (
        <li>
          <UnstyledButton className={classes.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? 'Show fewer' : `and ${rest} more`}
          </UnstyledButton>
        </li>
      )}
    </ul>
  );
}

/** In them stands the id of an event type. */
const eventFields = new Set(['event', 'type', 'filter.type']);

function valueOf(field: string, text: string): ReactNode {
  return eventFields.has(field) ? <EventName event={text} isInline /> : text;
}

function Change({ change: { field, before, after }, isCompared }: { change: FieldChange; isCompared: boolean }) {
  if (!isCompared) {
    return (
      <li>
        <span className={classes.field}>{field}</span>{' '}
        <span className={classes.value}>{valueOf(field, after ?? before!)}</span>
      </li>
    );
  }
  return (
    <li>
      <span className={classes.field}>{field}</span>{' '}
      {before !== undefined && (
        <>
          <VisuallyHidden>was </VisuallyHidden>
          <del className={`${classes.value} ${classes.before}`}>{valueOf(field, before)}</del>{' '}
        </>
      )}
      <span aria-hidden>→ </span>
      {after === undefined ? (
        <span className={classes.field}>removed</span>
      ) : (
        <>
          <VisuallyHidden>, is now </VisuallyHidden>
          <ins className={`${classes.value} ${classes.after}`}>{valueOf(field, after)}</ins>
        </>
      )}
    </li>
  );
}
