import { useElementSize } from '@mantine/hooks';
import { useId, useState, type PointerEvent } from 'react';
import { Bars, greatestSum } from './Bars.tsx';
import classes from './Chart.module.css';
import { valuesInWords, type ChartData } from './chart-data.ts';
import { ChartTable } from './ChartTable.tsx';
import { frameOf, plotHeight } from './frame.ts';
import { Grid } from './Grid.tsx';
import { Legend } from './Legend.tsx';
import { greatestValue, Lines } from './Lines.tsx';
import { Reading } from './Reading.tsx';
import { ticksUpTo } from './scale.ts';

interface Props {
  title: string;
  /** What is counted, in a sentence. */
  description: string;
  shape: 'bars' | 'lines';
  data: ChartData;
}

/**
 * A chart over time. The mouse reads a bar by pointing at it, keyboard and touch by a slider over the chart. Screen
 * readers get the values of the slider, and the table below.
 */
export function Chart({ title, description, shape, data }: Props) {
  const id = useId();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const last = data.starts.length - 1;
  const [place, setPlace] = useState(last);
  const [isRead, setIsRead] = useState(false);
  const ticks = shape === 'bars' ? ticksUpTo(greatestSum(data), 1) : ticksUpTo(greatestValue(data));
  const frame = frameOf(width, data.starts.length, ticks.at(-1)!);
  const point = ({ clientX, currentTarget }: PointerEvent): void => {
    setPlace(frame.placeAt(clientX - currentTarget.getBoundingClientRect().left));
    setIsRead(true);
  };
  const shown = Math.min(place, last);
  const Drawn = shape === 'bars' ? Bars : Lines;
  return (
    <figure className={classes.chart} aria-labelledby={`${id}-title`}>
      <figcaption>
        <h2 className={classes.title} id={`${id}-title`}>
          {title}
        </h2>
        <Legend data={data} />
      </figcaption>
      <div ref={ref} className={classes.plot} onPointerMove={point} onPointerLeave={() => setIsRead(false)}>
        <svg
          width={width}
          height={plotHeight}
          role="img"
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-text`}
        >
          <Grid data={data} frame={frame} ticks={ticks} />
          {isRead && <rect {...bandAt(shown)} className={classes.band} />}
          <Drawn data={data} frame={frame} />
        </svg>
        <input
          type="range"
          className={classes.slider}
          min={0}
          max={last}
          value={shown}
          aria-label={`${title}, by time`}
          aria-valuetext={valuesInWords(data, shown)}
          onChange={({ currentTarget }) => setPlace(Number(currentTarget.value))}
          onFocus={() => setIsRead(true)}
          onBlur={() => setIsRead(false)}
        />
        {isRead && <Reading data={data} place={shown} at={frame.middle(shown)} width={width} />}
      </div>
      <p className={classes.description} id={`${id}-text`}>
        {description}
      </p>
      <ChartTable title={title} data={data} />
    </figure>
  );

  function bandAt(at: number): { x: number; y: number; width: number; height: number } {
    return { x: frame.x(at), y: 0, width: frame.band, height: frame.bottom };
  }
}
