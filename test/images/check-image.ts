import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { ImageError, type ImageConfig } from './buildah.ts';

export interface Image {
  /** Its files. */
  root: string;
  config: ImageConfig;
}

/** What must not be in an image: sources, tests, and packages that are there for developers. */
const unwanted = [
  'app/services',
  'app/test',
  'app/node_modules/typescript',
  'app/node_modules/jest',
  'app/node_modules/vite',
];

/**
 * Looks at what is in an image and what it says of itself.
 *
 * @returns its size, for people
 * @throws {ImageError} when something is there that should not be, or the other way round
 */
export async function checkImage({ root, config }: Image): Promise<string> {
  if (!/^[1-9]\d*:[1-9]\d*$/.test(config.User)) throw new ImageError(`it would run as ${config.User || 'root'}`);
  if (!config.Healthcheck?.Test.join(' ').includes('healthcheck.mjs')) throw new ImageError('it has no health check');
  for (const label of ['title', 'version', 'licenses', 'revision']) {
    if (!config.Labels[`org.opencontainers.image.${label}`]) throw new ImageError(`the label ${label} is missing`);
  }
  for (const path of unwanted) {
    if (await exists(join(root, path))) throw new ImageError(`${path} is in the image`);
  }
  if (!(await exists(join(root, 'app/LICENSE')))) throw new ImageError('the licence is not in the image');
  return `${await megabytes(root)} MB in all, ${await megabytes(join(root, 'app'))} MB of it in /app`;
}

async function megabytes(folder: string): Promise<string> {
  const { stdout } = await execa('du', ['--summarize', '--block-size=1M', folder]);
  return stdout.split('\t')[0] ?? '';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
