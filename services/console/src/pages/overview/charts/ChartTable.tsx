import { useState } from 'react';
import { partInWords, valueInWords, type ChartData } from './chart-data.ts';
import classes from './Chart.module.css';

/** The same figures as a table, the newest first; rendered only when open. */
export function ChartTable({ title, data }: { title: string; data: ChartData }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={classes.figures} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>Figures</summary>
      {isOpen && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to scroll by keyboard too
        <div className={classes.scroll} role="region" aria-label={`Figures: ${title}`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                {data.series.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...data.starts.keys()].reverse().map((place) => (
                <tr key={place}>
                  <th scope="row">{partInWords(data, place)}</th>
                  {data.series.map((series) => (
                    <td key={series.name}>{valueInWords(data, series, place)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
