import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { node24, root } from './paths.mjs';
import { runQuietly } from './quiet.mjs';
import { filesIn } from './stamp.mjs';

const target = 'dist/sdk-package';
const entry = (name) => ({ types: `./lib/sdk/src/${name}.d.ts`, default: `./lib/sdk/src/${name}.js` });

/**
 * Makes the npm package of the SDK, ready for `npm publish`. It is put together here, and not where its sources are:
 * with a package.json there, `#contracts` would no longer resolve.
 *
 * @returns {Promise<boolean>} false when it failed; the reason has then been printed
 */
export async function packSdk() {
  rmSync(join(root, target), { recursive: true, force: true });
  const compile = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.sdk.json'];
  if (!(await runQuietly('building the SDK', node24, compile))) return false;
  // The compiler takes declarations for given, and leaves them where they are.
  for (const file of filesIn('libs/contracts/generated')) copy(file, `lib/${file}`);
  copy('sdk/README.md', 'README.md');
  copy('LICENSE', 'LICENSE');
  const description = JSON.stringify(
    describe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))),
    undefined,
    2,
  );
  writeFileSync(join(root, target, 'package.json'), `${description}\n`);
  console.log(`the package is in ${target}`);
  return true;
}

function describe({ version, license, dependencies }) {
  const { 'openapi-fetch': openapiFetch, uuid, amqplib } = dependencies;
  return {
    name: '@provisor/sdk',
    version,
    description: 'Publish events to Provisor, handle them, and call its API',
    license,
    type: 'module',
    engines: { node: '>=22' },
    exports: { '.': entry('index'), './publisher': entry('publisher') },
    imports: {
      '#contracts': './lib/libs/contracts/index.js',
      '#contracts/rest-api': './lib/libs/contracts/generated/rest-api.d.ts',
      '#contracts/event-data': './lib/libs/contracts/generated/event-data.d.ts',
    },
    sideEffects: false,
    dependencies: { 'openapi-fetch': openapiFetch, uuid },
    // Who publishes needs it; who only handles events does not.
    peerDependencies: { amqplib },
    peerDependenciesMeta: { amqplib: { optional: true } },
  };
}

function copy(from, to) {
  mkdirSync(join(root, target, dirname(to)), { recursive: true });
  copyFileSync(join(root, from), join(root, target, to));
}
