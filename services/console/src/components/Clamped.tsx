import classes from './Clamped.module.css';

/** A text on one line; where it is cut, its tooltip has all of it. */
export function Clamped({ text }: { text: string }) {
  return (
    <span className={classes.clamped} title={text}>
      {text}
    </span>
  );
}
