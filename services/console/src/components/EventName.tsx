import { Fragment } from 'react';
import { useEventLabel } from '../api/event-types.ts';
import classes from './EventName.module.css';

interface Props {
  /** Id of an event type. */
  event: string;
  /** In a sentence: the label follows in parentheses. Otherwise it stands below. */
  isInline?: boolean;
}

/** An event type by its id, which people search for and copy, and by its label. An unknown one has its id alone. */
export function EventName({ event, isInline = false }: Props) {
  const label = useEventLabel(event);
  if (label === undefined) return <EventId event={event} />;
  if (isInline) {
    return (
      <>
        <EventId event={event} /> ({label})
      </>
    );
  }
  return (
    <span className={classes.name}>
      <EventId event={event} /> <span className={classes.label}>{label}</span>
    </span>
  );
}

/** The id may break behind its dots, and nowhere else. */
function EventId({ event }: { event: string }) {
  return (
    <span className="mono">
      {event.split('.').map((part, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <>
              .<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
