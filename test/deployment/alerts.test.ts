import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { parse, stringify } from 'yaml';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { alertCases, type AlertCase } from './alert-cases.ts';

interface Rule {
  alert?: string;
  labels?: Record<string, string>;
}

const rulesFile = fileURLToPath(new URL('../../docker/monitoring/alerts.yml', import.meta.url));
const { groups } = parse(await readFile(rulesFile, 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = new Map(groups.flatMap(({ rules }) => rules).flatMap((rule) => (rule.alert ? [[rule.alert, rule]] : [])));

const { exitCode } = await execa('promtool', ['--version'], { reject: false });
const itWithPromtool = onlyWhere(it, exitCode === 0, 'promtool (package prometheus)');

/** A case as promtool reads it. The alerts are asked for as series, which have their labels without their texts. */
function testOf({ alert, series, quiet, fires, labels = {} }: AlertCase): object {
  const all = { alertname: alert, alertstate: 'firing', ...labels, ...rules.get(alert)?.labels };
  const shown = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
  const expr = `ALERTS{alertname="${alert}", alertstate="firing"}`;
  const firing = [{ labels: `ALERTS{${shown.join(', ')}}`, value: 1 }];
  return {
    name: alert,
    interval: '1m',
    input_series: Object.entries(series).map(([series, values]) => ({ series, values })),
    promql_expr_test: [
      { expr, eval_time: `${String(quiet)}m`, exp_samples: [] },
      { expr, eval_time: `${String(fires)}m`, exp_samples: firing },
    ],
  };
}

describe('the alert rules', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provisor-alerts-'));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it('have each a case in which it fires', () => {
    expect(new Set(alertCases.map(({ alert }) => alert))).toEqual(new Set(rules.keys()));
  });

  itWithPromtool('fire when what they are for goes wrong, and not before', async () => {
    const file = join(folder, 'alerts.test.yml');
    const tests = { rule_files: [rulesFile], evaluation_interval: '1m', tests: alertCases.map(testOf) };
    await writeFile(file, stringify(tests));
    const { all, exitCode } = await execa('promtool', ['test', 'rules', file], { all: true, reject: false });
    expect([all, exitCode]).toEqual([expect.stringContaining('SUCCESS'), 0]);
  });
});
