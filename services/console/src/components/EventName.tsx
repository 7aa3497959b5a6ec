import { Fragment } from 'react';

/** The id of an event type. It may be broken behind its dots, and nowhere else. */
export function EventName({ event }: { event: string }) {
  return (
    <span className="mono">
      {event.split('.').map((part, index) => (
        <Fragment key={part}>
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
