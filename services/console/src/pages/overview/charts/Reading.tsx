import { partInWords, valueInWords, type ChartData } from './chart-data.ts';
import classes from './Chart.module.css';
import { Key } from './Legend.tsx';

interface Props {
  data: ChartData;
  place: number;
  /** Where it points to, pixels from the left. */
  at: number;
  /** Of the chart. */
  width: number;
}

/** The values of a part, beside it; who hears the page has them from the slider. */
export function Reading({ data, place, at, width }: Props) {
  const side = at < width / 2 ? { left: at + 12 } : { right: width - at + 12 };
  return (
    <div className={classes.reading} style={side} aria-hidden>
      <div className={classes.readingTime}>{partInWords(data, place)}</div>
      {data.series.map((series) => (
        <div key={series.name} className={classes.readingValue}>
          <Key series={series} />
          {series.name}
          <b>{valueInWords(data, series, place)}</b>
        </div>
      ))}
    </div>
  );
}
