// Builds both images and has them handle an event: `npm run images:check`. Takes minutes, so it is no part of `npm
// test`.
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Supervisor } from '../../tools/supervisor/supervisor.ts';
import { ToolError } from '../../tools/tool-error.ts';
import { baseImage } from './base-image.ts';
import { Buildah, whyNotHere } from './buildah.ts';
import { checkImage } from './check-image.ts';
import { handleAnEvent } from './handle-an-event.ts';

const clone = fileURLToPath(new URL('../..', import.meta.url));
const log = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const missing = await whyNotHere();
  if (missing !== undefined) {
    log(`the images are not checked: that needs ${missing}`);
    return;
  }

  const buildah = await Buildah.at(join(clone, '.provisor/cache/images'));
  try {
    await checkBoth(buildah);
  } finally {
    await buildah.close();
  }
}

async function checkBoth(buildah: Buildah): Promise<void> {
  const base = await baseImage(buildah, clone, log);
  log(`building on ${base}`);
  const images = { registry: 'localhost/provisor-registry', executor: 'localhost/provisor-executor' };
  for (const [target, image] of Object.entries(images)) await buildah.build(clone, base, target, image);

  const dataDir = join(tmpdir(), `provisor-${randomBytes(6).toString('hex')}`);
  const supervisor = await Supervisor.open({ dataDir, ephemeral: true, log });
  try {
    await buildah.withFiles(images.registry, (registryRoot) =>
      buildah.withFiles(images.executor, async (executorRoot) => {
        const registry = { root: registryRoot, config: await buildah.config(images.registry) };
        const executor = { root: executorRoot, config: await buildah.config(images.executor) };
        for (const [name, image] of Object.entries({ registry, executor })) log(`${name}: ${await checkImage(image)}`);
        await handleAnEvent({ supervisor, clone, registry, executor, log });
      }),
    );
  } finally {
    await supervisor.close();
  }
  log('both images were built, ran without rights on files that cannot be written, and handled an event');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ToolError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
