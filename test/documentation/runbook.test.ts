import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loggedMessages } from './logged-messages.ts';

const file = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Calls that pass on a text of their callers, which are found, or a text that is unknown in advance. */
const handsOn = [
  'services/executor/src/call/script/script-inventory.ts',
  'services/executor/src/call/script/script-runner.ts',
  'services/executor/src/receive/consumers.ts',
];

describe('the runbook', () => {
  const text = file('docs/runbook.md');

  it('has a section for each alert', async () => {
    const { groups } = parse(await file('docker/monitoring/alerts.yml')) as {
      groups: { rules: { alert?: string }[] }[];
    };
    const alerts = groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? []));
    const sections = [...(await text).matchAll(/^### (Provisor\w+)$/gm)].map(([, name]) => name!);
    expect(sections.sort()).toEqual(alerts.sort());
  });

  it('has an entry for each warning and error that is logged, with its words', async () => {
    const entries = [...(await text).matchAll(/^\| `([^`]+)`/gm)].map(([, words]) => words!);
    const messages = await loggedMessages();
    expect(messages.length).toBeGreaterThan(50);
    const missing = messages.filter(
      ({ words }) => words.length > 0 && !words.some((stretch) => entries.some((entry) => stretch.startsWith(entry))),
    );
    expect(missing).toEqual([]);
    const wordless = messages.filter(({ words }) => words.length === 0).map((message) => message.file);
    expect([...new Set(wordless)].sort()).toEqual(handsOn);
  });

  it('has no entry for what is not logged any more', async () => {
    const body = await text;
    const tables = body.slice(body.indexOf('## Log messages'), body.indexOf('## Other symptoms'));
    const entries = [...tables.matchAll(/^\| `([^`]+)`/gm)].map(([, words]) => words!);
    const logged = (await loggedMessages()).flatMap(({ words }) => words);
    const starts = await file('services/registry/src/main.ts');
    const unknown = entries.filter(
      (entry) => !logged.some((words) => words.startsWith(entry)) && !starts.includes(entry),
    );
    expect(unknown).toEqual([]);
  });
});
