import { buildServices } from './build.mjs';
import { node24 } from './paths.mjs';
import { runQuietly } from './quiet.mjs';
import { filesIn, unlessDone } from './stamp.mjs';

const description = 'dist/openapi.json';
const folder = 'services/console/src/api/generated';
const types = `${folder}/schema.d.ts`;
/** Lies with what it vouches for, so that both go together. */
const stamp = `${folder}/.provisor-stamp.json`;

/**
 * Makes the types of the REST API that the console is written with, from the description that the registry gives of itself. They
 * are written nowhere else, so a change of the API that the console does not follow is an error of its types.
 *
 * @returns {Promise<boolean>} false when it failed; it has then been said why
 */
export async function makeApiTypes() {
  if (!(await buildServices())) return false;
  const compiled = ['dist/services/registry', 'dist/libs'].flatMap((built) => filesIn(built));
  return unlessDone(stamp, ['package-lock.json', ...compiled], async () => {
    const describe = ['dist/services/registry/src/description/main.js', description];
    const options = ['--default-non-nullable=false', '--root-types', '--root-types-no-schema-prefix'];
    const generate = ['node_modules/openapi-typescript/bin/cli.js', description, '--output', types, ...options];
    return (
      (await runQuietly('describing the API', node24, describe)) &&
      (await runQuietly('making its types', node24, generate))
    );
  });
}
