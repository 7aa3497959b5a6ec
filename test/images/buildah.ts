import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findProgram } from '../../tools/servers/rabbitmq/program.ts';
import { ToolError } from '../../tools/tool-error.ts';

/** A program that the check runs has failed; the message has what it said. */
export class ImageError extends ToolError {
  readonly code = 'IMAGE';
}

/** What an image says of how it is run. */
export interface ImageConfig {
  Entrypoint: string[];
  Cmd: string[];
  Env: string[];
  User: string;
  WorkingDir: string;
  Labels: Record<string, string>;
  Healthcheck?: { Test: string[] };
}

/** Why images cannot be built here; undefined when they can. */
export async function whyNotHere(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'Linux, and root: for mounts and chroot';
  if (!(await findProgram('buildah'))) return 'buildah (Debian, Ubuntu: apt-get install buildah)';
  return undefined;
}

/** Builds images without an engine, in a store of its own. */
export class Buildah {
  readonly #store: string[];
  readonly #root: string;

  static async at(folder: string): Promise<Buildah> {
    await mkdir(folder, { recursive: true });
    return new Buildah(folder, (await overlaysCanBeMounted(folder)) ? 'overlay' : 'vfs');
  }

  /** @param driver `vfs` works everywhere, and copies everything for every step. */
  private constructor(folder: string, driver: 'overlay' | 'vfs') {
    this.#root = folder;
    const places = ['--root', join(folder, `store-${driver}`), '--runroot', join(folder, `run-${driver}`)];
    this.#store = ['--storage-driver', driver, ...places];
  }

  /** Where else this store's owner may keep things. */
  get folder(): string {
    return this.#root;
  }

  async has(image: string): Promise<boolean> {
    return this.#output('inspect', '--type', 'image', image).then(
      () => true,
      () => false,
    );
  }

  /** @returns whether it could be had from where it is published */
  async pull(image: string): Promise<boolean> {
    return this.#output('pull', '--quiet', image).then(
      () => true,
      () => false,
    );
  }

  /** Makes an image of a folder that is a whole system. */
  async fromFolder(folder: string, image: string): Promise<void> {
    const container = await this.#output('from', 'scratch');
    await this.#output('add', '--quiet', container, folder, '/');
    await this.#output('commit', '--quiet', '--rm', container, image);
  }

  /** Builds a target of `docker/Dockerfile`; what it prints goes to the terminal. */
  async build(clone: string, base: string, target: string, image: string): Promise<void> {
    const volumes = [...hostFiles()].flatMap((path) => ['--volume', `${path}:${path}:ro`]);
    // The format of OCI has no place for the health check.
    const args = [
      'bud',
      '--layers',
      '--format',
      'docker',
      '--isolation',
      'chroot',
      ...volumes,
      '--build-arg',
      `NODE_IMAGE=${base}`,
    ];
    const what = ['--target', target, '--tag', image, '--file', 'docker/Dockerfile', '.'];
    const options = { cwd: clone, stdio: 'inherit', reject: false } as const;
    const { failed, cause } = await execa('buildah', [...this.#store, ...args, ...what], options);
    if (failed) throw new ImageError(`${image} could not be built`, { cause });
  }

  async config(image: string): Promise<ImageConfig> {
    const { Docker } = JSON.parse(await this.#output('inspect', '--type', 'image', image)) as {
      Docker: { config: ImageConfig };
    };
    return Docker.config;
  }

  /** What there is in an image, as a folder, for as long as `use` takes. */
  async withFiles<T>(image: string, use: (root: string) => Promise<T>): Promise<T> {
    const container = await this.#output('from', '--pull-never', image);
    try {
      return await use(await this.#output('mount', container));
    } finally {
      await this.#output('rm', container);
    }
  }

  /** Unmounts what the store has mounted, so that its folder can be removed. */
  async close(): Promise<void> {
    const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[4] ?? '');
    const ours = mounts.filter((point) => point.startsWith(`${this.#root}/`));
    // What is mounted last lies on top.
    for (const point of ours.reverse()) await execa('umount', [point]);
  }

  async #output(...args: string[]): Promise<string> {
    const ended = await execa('buildah', [...this.#store, ...args], { reject: false });
    if (ended.failed)
      throw new ImageError(`buildah ${args[0] ?? ''}: ${ended.stderr || ended.shortMessage}`, { cause: ended });
    return ended.stdout.trim();
  }
}

/** Whether the kernel lays one folder over another here, on this file system; in many containers it does not. */
async function overlaysCanBeMounted(folder: string): Promise<boolean> {
  const trial = await mkdtemp(join(folder, 'trial-'));
  const [lower, upper, work] = ['lower', 'upper', 'work'].map((name) => join(trial, name)) as [string, string, string];
  try {
    await Promise.all([lower, upper, work].map((path) => mkdir(path)));
    const options = `lowerdir=${lower},upperdir=${upper},workdir=${work}`;
    await execa('unshare', ['--mount', 'mount', '-t', 'overlay', 'overlay', '-o', options, lower]);
    return true;
  } catch {
    return false; // Whatever the reason, there is a way without.
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
}

/**
 * What a build needs of this machine to fetch packages as this machine does: whom it trusts, and where its npm looks.
 */
function hostFiles(): string[] {
  const home = process.env['HOME'] ?? '/root';
  return ['/etc/ssl/certs', '/etc/npmrc', '/usr/local/etc/npmrc', join(home, '.npmrc')].filter(existsSync);
}
