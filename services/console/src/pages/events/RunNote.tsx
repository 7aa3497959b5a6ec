import classes from './RunNote.module.css';

interface Props {
  run: { replayId: string | null; test: boolean };
}

/** Marks a row that is not of an event from billing: a test or a replay. */
export function RunNote({ run: { replayId, test } }: Props) {
  if (test) return <span className={classes.note}>test</span>;
  if (replayId !== null) return <span className={classes.note}>replay</span>;
  return null;
}
