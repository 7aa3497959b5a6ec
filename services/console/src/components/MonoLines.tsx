import classes from './MonoLines.module.css';

/** Texts that machines read, each in a line of its own. */
export function MonoLines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className={classes.list}>
      {lines.map((line, index) => (
        <li key={`${index} ${line}`} className="mono">
          {line}
        </li>
      ))}
    </ul>
  );
}
