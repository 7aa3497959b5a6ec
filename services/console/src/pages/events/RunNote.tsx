import classes from './RunNote.module.css';

interface Props {
  run: { replayId: string | null; test: boolean };
}

/** Says of a row when it is not of an event as it came from billing. */
export function RunNote({ run: { replayId, test } }: Props) {
  if (test) return <span className={classes.note}>test</span>;
  if (replayId !== null) return <span className={classes.note}>replay</span>;
  return null;
}
