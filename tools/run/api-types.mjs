import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildServices } from './build.mjs';
import { node24, root } from './paths.mjs';
import { runQuietly } from './quiet.mjs';
import { filesIn, unlessDone } from './stamp.mjs';

const description = 'dist/openapi.json';
const eventSchemas = 'dist/event-data.json';
const types = {
  console: 'services/console/src/api/generated/schema.d.ts',
  sdk: 'sdk/src/rest/generated/schema.d.ts',
  events: 'sdk/src/events/generated/event-data.d.ts',
};
const generator = 'node_modules/openapi-typescript/bin/cli.js';

/** Lies with what it vouches for, so that both go together. */
const stampOf = (file) => join(dirname(file), '.provisor-stamp.json');

/**
 * Makes the types that are written nowhere else, so that a change that is not followed is an error of types: those of the REST
 * API, for the console and the SDK, from the description that the registry gives of itself; and those of what events carry, for the
 * SDK, from the schemas of the event types.
 *
 * @returns {Promise<boolean>} false when it failed; it has then been said why
 */
export async function makeApiTypes() {
  if (!(await buildServices())) return false;
  const compiled = ['dist/services/registry', 'dist/libs'].flatMap((built) => filesIn(built));
  const sources = ['package-lock.json', 'tools/run/event-data-schemas.mjs', ...compiled];
  return (
    (await unlessDone(stampOf(types.console), sources, makeRestTypes)) &&
    (await unlessDone(stampOf(types.sdk), [types.console], copyRestTypes)) &&
    (await unlessDone(stampOf(types.events), sources, makeEventTypes))
  );
}

async function makeRestTypes() {
  const describe = ['dist/services/registry/src/description/main.js', description];
  const options = ['--default-non-nullable=false', '--root-types', '--root-types-no-schema-prefix'];
  return (
    (await runQuietly('describing the API', node24, describe)) &&
    (await runQuietly('making its types', node24, [generator, description, '--output', types.console, ...options]))
  );
}

/** The SDK is a package of its own, and has to hold all that it needs. */
async function copyRestTypes() {
  mkdirSync(join(root, dirname(types.sdk)), { recursive: true });
  copyFileSync(join(root, types.console), join(root, types.sdk));
  return true;
}

async function makeEventTypes() {
  return (
    (await runQuietly('describing the events', node24, ['tools/run/event-data-schemas.mjs', eventSchemas])) &&
    (await runQuietly('making their types', node24, [
      generator,
      eventSchemas,
      '--output',
      types.events,
      '--empty-objects-unknown',
    ]))
  );
}
