import { cp, mkdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { debootstrap } from '../../tools/servers/rabbitmq/debootstrap.ts';
import { findProgram } from '../../tools/servers/rabbitmq/program.ts';
import { ImageError, type Buildah } from './buildah.ts';

/** The image that the Dockerfile builds on, to its digest, or one that is like it where it cannot be had. */
export async function baseImage(buildah: Buildah, clone: string, log: (line: string) => void): Promise<string> {
  const dockerfile = await readFile(join(clone, 'docker/Dockerfile'), 'utf8');
  const [, pinned = '', version = ''] = /^ARG NODE_IMAGE=(node:([^@\s]+)\S*)/m.exec(dockerfile) ?? [];
  const image = `docker.io/library/${pinned}`;
  if ((await buildah.has(image)) || (await buildah.pull(image))) return image;
  // What is made here has another digest: it bears the version only.
  const standIn = `localhost/provisor-node-stand-in:${version}`;
  if (await buildah.has(standIn)) return standIn;

  log(`${image} cannot be pulled here; making a stand-in: Debian by debootstrap, with this Node and npm`);
  const release = /-(\w+)-slim/.exec(version)?.[1] ?? 'stable';
  const folder = join(buildah.folder, 'stand-in');
  await rm(folder, { recursive: true, force: true });
  await mkdir(buildah.folder, { recursive: true });
  await debootstrap(folder, { release, include: 'ca-certificates', log });
  await addNode(folder);
  await buildah.fromFolder(folder, standIn);
  await rm(folder, { recursive: true });
  return standIn;
}

/** Where the published image has them. */
async function addNode(folder: string): Promise<void> {
  const npm = await findProgram('npm');
  if (!npm) throw new ImageError('a stand-in needs npm on PATH');
  const local = join(folder, 'usr/local');
  await cp(await realpath(process.execPath), join(local, 'bin/node'));
  const npmPackage = dirname(dirname(await realpath(npm)));
  await cp(npmPackage, join(local, 'lib/node_modules/npm'), { recursive: true, dereference: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'));
}
