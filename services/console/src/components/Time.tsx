/** ISO's order of the parts, which sorts and lines up, whatever the viewer's language. */
const local = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** A moment in the viewer's zone, with UTC on hover; a dash where there is none. */
export function Time({ at }: { at: string | null | undefined }) {
  if (at === null || at === undefined) return <span aria-label="none">–</span>;
  const date = new Date(at);
  return (
    <time
      dateTime={date.toISOString()}
      title={`${date.toISOString().replace('T', ' ').replace('Z', '')} UTC`}
      style={{ whiteSpace: 'nowrap' }}
    >
      {local.format(date)}
    </time>
  );
}
