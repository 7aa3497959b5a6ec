import { Fragment } from 'react';

/** The id of an event type; where there is no room for it, it is broken behind its dots. */
export function EventTypeName({ type }: { type: string }) {
  const parts = type.split('.');
  return (
    <span className="mono">
      {parts.map((part, index) => (
        <Fragment key={index}>
          {part}
          {index < parts.length - 1 && (
            <>
              .<wbr />
            </>
          )}
        </Fragment>
      ))}
    </span>
  );
}
