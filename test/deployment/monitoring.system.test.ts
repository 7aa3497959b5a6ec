import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { parse } from 'yaml';
import { findFreePort } from '../../tools/servers/ports.ts';
import { findProgram } from '../../tools/servers/rabbitmq/program.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { samplesOf } from '../support/metric-samples.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';

interface Alert {
  alert: string;
  expr: string;
  annotations: { summary: string };
}
interface Rules {
  groups: { rules: ({ record: string; expr: string } | Alert)[] }[];
}
interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

const metricsKey = 'a-key-for-scrapers';
const prometheus = await findProgram('prometheus');

const file = (name: string) => readFile(new URL(`../../docker/monitoring/${name}`, import.meta.url), 'utf8');

describe('what Prometheus and Grafana are told', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let executorUrl: string;
  const names = new Set<string>();
  const texts: string[] = [];

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({ METRICS_KEY: metricsKey }, { sandbox });
    const executor = await installation.startExecutor();
    executorUrl = executor.url;
    for (const url of [installation.registryUrl, executor.url]) {
      const response = await fetch(`${url}/metrics`);
      expect(response.status).toBe(200);
      const text = await response.text();
      for (const name of samplesOf(text).names) names.add(name);
      texts.push(text);
    }
  });

  afterAll(async () => {
    await installation.stop();
    await sandbox.dispose();
  });

  /**
   * The metrics of an expression that no service has. Series of a histogram go by its name: without an observation it
   * has none.
   */
  function unknownIn(expression: string): string[] {
    const used = expression.match(/\b(?:provisor|http_server|process|nodejs)_\w+/g) ?? [];
    return used.filter((name) => !names.has(name) && !names.has(name.replace(/_(bucket|count|sum)$/, '')));
  }

  it('alerts ask for metrics that there are', async () => {
    const { groups } = parse(await file('alerts.yml')) as Rules;
    const rules = groups.flatMap(({ rules }) => rules).filter((rule) => 'alert' in rule);
    expect(rules.length).toBeGreaterThan(5);
    for (const { alert, expr, annotations } of rules) {
      expect([alert, unknownIn(expr)]).toEqual([alert, []]);
      expect(expr).toMatch(/provisor/);
      expect(annotations.summary).not.toBe('');
    }
  });

  it('counters stand at 0 before anything is counted, so that the first one is an increase', () => {
    for (const text of texts) {
      const counters = [...text.matchAll(/^# TYPE (provisor_\w+) counter$/gm)].map(([, name]) => name!);
      expect(counters.length).toBeGreaterThan(0);
      for (const name of counters) expect([name, samplesOf(text).value(name)]).toEqual([name, 0]);
    }
  });

  it('the dashboard asks for metrics that there are', async () => {
    const { panels } = JSON.parse(await file('dashboard.json')) as Dashboard;
    expect(panels.length).toBeGreaterThan(10);
    for (const { title, targets } of panels) {
      for (const { expr } of targets) expect([title, unknownIn(expr)]).toEqual([title, []]);
    }
  });

  it('a metric of ours that nothing shows is one too many', async () => {
    const shown = (await file('alerts.yml')) + (await file('dashboard.json'));
    const ours = [...names].filter((name) => name.startsWith('provisor_') && !/_(bucket|count|sum)$/.test(name));
    // It says when, which the revision says in its way.
    const unshown = ours.filter(
      (name) => !shown.includes(name) && name !== 'provisor_catalog_loaded_timestamp_seconds',
    );
    expect(unshown).toEqual([]);
  });

  onlyWhere(
    it,
    prometheus !== undefined,
    'prometheus',
  )('Prometheus reads both services with the key that they have, and evaluates every rule', async () => {
    await using registry = await ProxyFromElsewhere.to(installation.registryUrl);
    await using executor = await ProxyFromElsewhere.to(executorUrl);
    const folder = await mkdtemp(join(tmpdir(), 'provisor-prometheus-'));
    await writeFile(join(folder, 'metrics-key'), metricsKey);
    await writeFile(join(folder, 'alerts.yml'), await file('alerts.yml'));
    const configuration = (await file('prometheus.yml'))
      .replaceAll('/run/secrets/metrics-key', join(folder, 'metrics-key'))
      .replace('registry:3000', registry.host)
      .replace(/dns_sd_configs: .*/, `static_configs: [{ targets: ['${executor.host}'] }]`);
    const often = 'global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }\n';
    await writeFile(join(folder, 'prometheus.yml'), often + configuration);
    const port = await findFreePort();
    const server = execa(
      prometheus!,
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { reject: false, stdio: 'ignore' },
    );
    const ask = async <T>(path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
      return ((await response.json()) as { data: T }).data;
    };
    try {
      const targets = await eventually(async () => {
        const { activeTargets } = await ask<{ activeTargets: Target[] }>('targets');
        return activeTargets.length === 2 && activeTargets.every(({ health }) => health !== 'unknown')
          ? activeTargets
          : undefined;
      });
      expect(targets.map(({ health, lastError }) => [health, lastError])).toEqual([
        ['up', ''],
        ['up', ''],
      ]);
      // Before the first scrape nothing is there, and that is what its rule says.
      const rules = await eventually(async () => {
        const { groups } = await ask<{ groups: { rules: { name: string; health: string; state: string }[] }[] }>(
          'rules',
        );
        const found = groups.flatMap((group) => group.rules);
        const notScraped = found.find(({ name }) => name === 'ProvisorNotScraped');
        return notScraped?.state === 'inactive' ? found : undefined;
      });
      for (const { name, health } of rules) expect([name, health]).toEqual([name, 'ok']);
      await executor.close();
      await eventually(async () => {
        const { alerts } = await ask<{ alerts: { labels: Record<string, string> }[] }>('alerts');
        return alerts.some(
          ({ labels: { alertname, job } }) => alertname === 'ProvisorTargetDown' && job === 'provisor-executor',
        );
      });
    } finally {
      server.kill();
      await server;
      await rm(folder, { recursive: true });
    }
  });
});

interface Target {
  health: string;
  lastError: string;
}

/** Hands requests on as a proxy does, so that they are not taken for ones of this machine. */
class ProxyFromElsewhere {
  readonly host: string;
  readonly #server: Server;

  static async to(url: string): Promise<ProxyFromElsewhere> {
    const server = createServer((request, response) => {
      const authorization = request.headers.authorization ?? '';
      void fetch(url + request.url!, { headers: { authorization, 'x-forwarded-for': '192.0.2.1' } }).then(
        async (answer) => {
          response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
          response.end(await answer.text());
        },
        () => response.destroy(),
      );
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new ProxyFromElsewhere(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await once(this.#server.close(), 'close');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
