import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filledIn, parameterValues, type RecipeParameter, type RecipeSet } from '#contracts';
import { builtInRecipeFolder, recipeNames } from '#recipes';
import { startRegistry, type TestRegistry } from '../testing/registry.ts';

const folder = builtInRecipeFolder()!;
const names = recipeNames(folder);

/** Values for parameters that have no default. */
const given: Readonly<Record<string, string>> = {
  SOAP_PASSWORD: 'x',
  MAIL_COMPANY: 'Example "Telecom" & Sons',
  MAIL_PORTAL: 'https://portal.example.com',
  SLACK_TOKEN: 'xoxb-1',
  TEAMS_URL: 'https://prod.example.com:443',
  TEAMS_PATH: '/workflows/1/triggers/manual/paths/invoke?api-version=1&sig=x',
  CHAT_URL: 'https://chat.example.com',
  CHAT_PATH: '/hooks/x',
  ZABBIX_TOKEN: 'x',
  CRM_URL: 'https://crm.example.com/api',
  CRM_TOKEN_URL: 'https://crm.example.com/token',
  CRM_CLIENT_ID: 'x',
  CRM_CLIENT_SECRET: 'x',
};

describe('recipes', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  it('are listed by name, with their parameters', async () => {
    const { status, body } = await registry.call('GET', '/api/v1/recipes');
    expect(status).toBe(200);
    const items = body.items as { name: string; parameters: { name: string; secret: boolean }[] }[];
    expect(items.map(({ name }) => name)).toEqual(names);
    const kamailio = items.find(({ name }) => name === 'kamailio')!;
    expect(kamailio.parameters[0]).toMatchObject({
      name: 'KAMAILIO_URL',
      default: 'http://127.0.0.1:8060',
      secret: false,
    });
    const soap = items.find(({ name }) => name === 'soap')!;
    expect(soap.parameters.filter(({ secret }) => secret).map(({ name }) => name)).toEqual(['SOAP_PASSWORD']);
  });

  it.each(names)('%s has a guide, and its set can be applied as it is', async (name) => {
    const { status, body } = await registry.call('GET', `/api/v1/recipes/${name}`);
    expect(status).toBe(200);
    const { parameters, set, files, text } = body as {
      parameters: RecipeParameter[];
      set: RecipeSet;
      files: { name: string; text: string; executable: boolean }[];
      text: string;
    };
    expect(files.find((file) => file.name === 'README.md')?.text).toMatch(/^# /);
    expect(
      files
        .filter((file) => file.text.startsWith('#!') && !file.name.endsWith('.cfg'))
        .every((file) => file.executable),
    ).toBe(true);
    expect(text).toContain('recipe:');
    // Behind " #", YAML would take the rest of a description for a comment.
    expect(text).not.toMatch(/^ *(title|summary|label|description): [^'"].* #/m);
    const found = parameterValues(parameters, (parameter) => given[parameter]);
    if ('faults' in found) throw new Error(JSON.stringify(found.faults));
    const preview = await registry.call('POST', '/api/v1/handlers/set/preview', { body: filledIn(set, found.values) });
    expect([preview.status, preview.body.errors]).toEqual([200, undefined]);
    const changes = preview.body.changes as { action: string; warnings?: { field: string }[] }[];
    // A client of the sample has no address; the recipe's condition is for those.
    const expected = name === 'welcome-email' ? ['task.to.0'] : undefined;
    expect(changes.map(({ action, warnings }) => [action, warnings?.map(({ field }) => field)])).toEqual(
      changes.map(() => ['create', expected]),
    );
    expect(changes).toHaveLength(set.handlers.length);
  });

  it('that do not exist are not found', async () => {
    for (const name of ['nothing', '..', '%2e%2e%2frecipes', 'constructor', '__proto__']) {
      expect([name, (await registry.call('GET', `/api/v1/recipes/${name}`)).status]).toEqual([name, 404]);
    }
  });

  it('bring along the same way to a database', () => {
    const texts = new Set(
      names
        .map((name) => join(folder, name, 'sql.py'))
        .filter((path) => existsSync(path))
        .map((path) => readFileSync(path, 'utf8')),
    );
    expect(texts.size).toBe(1);
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
  });
});
