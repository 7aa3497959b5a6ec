/** What a scrape says, by name and labels. */
export interface Samples {
  /** Of samples and of whole metrics: `x_bucket`, `x_count`, `x_sum` and `x`. */
  readonly names: ReadonlySet<string>;
  /** The value of the one sample that has these labels among its own; undefined when there is none. */
  value(name: string, labels?: Record<string, string>): number | undefined;
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;

/**
 * Reads Prometheus' text format 0.0.4.
 *
 * @throws When a line is neither a comment nor a sample.
 */
export function samplesOf(text: string): Samples {
  const names = new Set<string>();
  const samples: { name: string; labels: Map<string, string>; value: number }[] = [];
  for (const each of text.split('\n')) {
    const described = /^# TYPE (\S+) /.exec(each)?.[1];
    if (described !== undefined) names.add(described);
    if (each === '' || each.startsWith('#')) continue;
    const [, name, labels = '', value] = line.exec(each) ?? [];
    if (name === undefined) throw new Error(`no sample: ${each}`);
    names.add(name);
    samples.push({ name, labels: readLabels(labels), value: Number(value) });
  }
  return {
    names,
    value: (name, labels = {}) =>
      samples.find(
        (sample) =>
          sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels.get(label) === value),
      )?.value,
  };
}

function readLabels(text: string): Map<string, string> {
  return new Map([...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name!, value!]));
}
