import type { ReactNode } from 'react';
import classes from './Facts.module.css';

interface Props {
  /** By their names; what is false, null or undefined is left out. */
  facts: Readonly<Record<string, ReactNode>>;
}

/** What is known of a thing: names and values, side by side as far as there is room. */
export function Facts({ facts }: Props) {
  return (
    <dl className={classes.facts}>
      {Object.entries(facts)
        .filter(([, value]) => value !== false && value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
