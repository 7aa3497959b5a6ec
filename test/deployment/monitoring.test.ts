import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { Installation } from '../support/installation.ts';
import { samplesOf } from '../support/metric-samples.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
}
interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

const file = (name: string) => readFile(new URL(`../../docker/monitoring/${name}`, import.meta.url), 'utf8');

describe('what Prometheus and Grafana are told', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  const names = new Set<string>();

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    const executor = await installation.startExecutor();
    for (const url of [installation.registryUrl, executor.url]) {
      const response = await fetch(`${url}/metrics`);
      expect(response.status).toBe(200);
      for (const name of samplesOf(await response.text()).names) names.add(name);
    }
  });

  afterAll(async () => {
    await installation.stop();
    await sandbox.dispose();
  });

  /** The metrics of an expression that no service has. Series of a histogram go by its name: without an observation it has none. */
  function unknownIn(expression: string): string[] {
    const used = expression.match(/\b(?:provisor|http_server|process|nodejs)_\w+/g) ?? [];
    return used.filter((name) => !names.has(name) && !names.has(name.replace(/_(bucket|count|sum)$/, '')));
  }

  it('alerts ask for metrics that there are, and each says what it means in the operations guide', async () => {
    const { groups } = parse(await file('alerts.yml')) as Rules;
    const rules = groups.flatMap(({ rules }) => rules);
    expect(rules.length).toBeGreaterThan(5);
    const guide = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    for (const { alert, expr, annotations } of rules) {
      expect([alert, unknownIn(expr)]).toEqual([alert, []]);
      expect(expr).toMatch(/provisor_/);
      expect(annotations.summary).not.toBe('');
      expect(guide).toContain(`\`${alert}\``);
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
});
