import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { taskTypes } from '#contracts';
import { readYaml } from '../../cli/src/input/yaml-source.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Installation } from '../support/installation.ts';
import { allBlocks, placeOf } from './documents.ts';
import type { Block } from './markdown.ts';

/** What blocks are written in, and what looks after them. */
const languages: Record<string, string> = {
  sh: 'commands.test.ts',
  text: 'commands.test.ts, where it is what a command prints',
  js: 'sdk-package.long.test.ts, and publishing-events.long.test.ts',
  php: 'publishing-events.long.test.ts',
  python: 'publishing-events.long.test.ts',
  java: 'publishing-events.long.test.ts',
  go: 'publishing-events.long.test.ts',
  ruby: 'publishing-events.long.test.ts',
  csharp: 'nothing: neither Debian nor npm has the client',
  json: 'here',
  yaml: 'here',
  mermaid: 'pictures; whoever shows them',
  sql: 'for whoever administers a server of their own',
  dockerfile: 'an engine',
};

const blocks = await allBlocks();
const snippets = blocks.filter(({ language }) => ['json', 'yaml'].includes(language));
type Json = Record<string, unknown>;

it.each(blocks.map((block) => [placeOf(block), block.language]))(
  '%s is in a language that is looked after',
  (_, of) => {
    expect(Object.keys(languages)).toContain(of);
  },
);

/** JSON and YAML of the guides, shown to a registry that knows their event types. */
describe('the snippet', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let folder: string;
  const eventTypes = snippets.flatMap((block) => (block.language === 'json' ? typesIn(valueOf(block)) : []));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provisor-snippets-'));
    const file = join(folder, 'event-types.json');
    await writeFile(file, JSON.stringify({ eventTypes }));
    sandbox = await createSandbox();
    installation = await Installation.start({ EVENT_TYPES_FILE: file }, { sandbox });
  });
  afterAll(async () => {
    await installation.stop();
    await sandbox.dispose();
    await rm(folder, { recursive: true });
  });

  const offers = snippets.map((block) => [placeOf(block), offerOf(valueOf(block))] as const);
  it.each(offers.filter(([, offer]) => offer !== undefined))('%s is accepted', async (_, offer) => {
    const { path, body, type } = offer!;
    const answer = await installation.call('POST', path, body, type ? { 'content-type': type } : {});
    expect({ status: answer.status, says: answer.ok || (await answer.text()) }).toEqual({
      status: path === '/events' ? 202 : 200,
      says: true,
    });
  });

  it('with event types adds them', async () => {
    const { items } = await installation.json<{ items: { id: string }[] }>('GET', '/event-types');
    expect(eventTypes.length).toBeGreaterThan(1);
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(eventTypes.map(({ id }) => id)));
  });
});

/** What a document leaves to its reader is filled in. */
function valueOf(block: Block): Json {
  const text = block.text.replaceAll('***', 'given').replaceAll('…', 'x');
  if (block.language === 'json') return JSON.parse(text) as Json;
  return readYaml(text, placeOf(block), { SWITCH_TOKEN: 'x', CRM_PASSWORD: 'x' }).value as Json;
}

/**
 * Where it would be given to the registry. Undefined for what is not for the registry, which only has to be JSON or
 * YAML.
 */
function offerOf(value: Json): { path: string; body: Json; type?: string } | undefined {
  const set = (handlers: unknown, targets: unknown = []) => ({
    path: '/handlers/set/preview',
    body: { handlers, targets, prune: false },
  });
  const needed = { name: 'Snippet', event: 'clients.create', task: { type: 'script', path: 'a.sh' } };
  if ('handlers' in value) return set(value['handlers'], value['targets']);
  if ('baseUrl' in value) return set([], [value]);
  // The target that a task names is in another snippet.
  if ('target' in value) return set([{ ...needed, task: value }], [{ name: value['target'], baseUrl: 'http://a' }]);
  if ('task' in value || 'condition' in value || 'windows' in value) return set([{ ...needed, ...value }]);
  if (taskTypes.some((type) => type === value['type'])) return set([{ ...needed, task: value }]);
  if ('specversion' in value) return { path: '/events', body: value, type: 'application/cloudevents+json' };
  if (typeof value['event'] === 'object') return { path: '/events/plan', body: value };
  return undefined;
}

function typesIn(value: Json): { id: string }[] {
  return (value['eventTypes'] ?? []) as { id: string }[];
}
