import type { Style } from '../output/table.ts';

const styles: Readonly<Record<string, Style>> = {
  succeeded: 'green',
  failed: 'red',
  waiting: 'yellow',
  skipped: 'dim',
  duplicate: 'dim',
};

/** The color of the status of an event or an execution. */
export function statusStyle(status: string): Style | undefined {
  return styles[status];
}
