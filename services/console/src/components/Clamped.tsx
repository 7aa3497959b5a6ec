import classes from './Clamped.module.css';

/** A text on one line; a tooltip shows the whole text if it is cut. */
export function Clamped({ text }: { text: string }) {
  return (
    <span className={classes.clamped} title={text}>
      {text}
    </span>
  );
}
