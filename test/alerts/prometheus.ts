import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { findFreePort } from '../../tools/servers/ports.ts';
import { eventually } from '../support/eventually.ts';

/** Addresses by job. */
export type Targets = Readonly<Record<string, readonly string[]>>;

interface Answer {
  data: { alerts: { labels: { alertname: string }; state: string }[] };
}

/** A real Prometheus of this machine, which scrapes and evaluates every second. */
export class Prometheus implements AsyncDisposable {
  readonly #folder: string;
  readonly #url: string;
  readonly #process: ReturnType<typeof run>;

  /** Undefined when this machine has none. */
  static async start(rules: string, targets: Targets): Promise<Prometheus | undefined> {
    const { exitCode } = await execa('prometheus', ['--version'], { reject: false });
    if (exitCode !== 0) return undefined;
    const folder = await mkdtemp(join(tmpdir(), 'provisor-prometheus-'));
    await writeFile(join(folder, 'alerts.yml'), rules);
    await writeFile(join(folder, 'prometheus.yml'), configuration(targets));
    const prometheus = new Prometheus(folder, `127.0.0.1:${String(await findFreePort())}`);
    await eventually(async () => (await fetch(`${prometheus.#url}/-/ready`)).ok || undefined);
    await prometheus.#scraped(targets);
    return prometheus;
  }

  private constructor(folder: string, address: string) {
    this.#folder = folder;
    this.#url = `http://${address}`;
    const options = {
      'config.file': join(folder, 'prometheus.yml'),
      'storage.tsdb.path': join(folder, 'data'),
      'web.listen-address': address,
    };
    const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    this.#process = run(args);
  }

  /** Names of the alerts that fire. */
  async firing(): Promise<Set<string>> {
    const { data } = (await (await fetch(`${this.#url}/api/v1/alerts`)).json()) as Answer;
    return new Set(data.alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname));
  }

  /**
   * From now on it scrapes these; resolves when all are up. A job without targets stays: those that it had end at once.
   */
  async scrape(targets: Targets): Promise<void> {
    await writeFile(join(this.#folder, 'prometheus.yml'), configuration(targets));
    const response = await fetch(`${this.#url}/-/reload`, { method: 'POST' });
    if (!response.ok) throw new Error(`Prometheus does not take its configuration: ${await response.text()}`);
    await this.#scraped(targets);
  }

  async #scraped(targets: Targets): Promise<void> {
    const wanted = String(Object.values(targets).flat().length);
    const query = new URLSearchParams({ query: 'count(up == 1)' });
    await eventually(async () => {
      const response = await fetch(`${this.#url}/api/v1/query?${query.toString()}`);
      const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
      return data.result[0]?.value[1] === wanted ? true : undefined;
    }, 30_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill();
    await this.#process;
    await rm(this.#folder, { recursive: true });
  }
}

function run(args: readonly string[]) {
  return execa('prometheus', [...args, '--web.enable-lifecycle'], { stdio: 'ignore', reject: false });
}

function configuration(targets: Targets): string {
  return stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['alerts.yml'],
    scrape_configs: Object.entries(targets).map(([job_name, targets]) => ({
      job_name,
      static_configs: [{ targets }],
    })),
  });
}
