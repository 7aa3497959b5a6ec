import { useState, type ReactNode } from 'react';
import classes from './Fold.module.css';

interface Props {
  title: string;
  /** What is inside, in a few words, for those who leave it closed. */
  summary?: ReactNode;
  /** It opens, and cannot be closed while this is so: something inside needs attention. */
  isForced?: boolean;
  children: ReactNode;
}

/** A part that most people do not need. */
export function Fold({ title, summary, isForced = false, children }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className={classes.fold}
      open={isOpen || isForced}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary className={classes.summary}>
        <span className={classes.title}>{title}</span>
        {summary !== undefined && <span className={classes.words}>{summary}</span>}
      </summary>
      <div className={classes.content}>{children}</div>
    </details>
  );
}
