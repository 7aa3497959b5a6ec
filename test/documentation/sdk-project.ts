import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { root } from './documents.ts';

/**
 * An empty project outside the clone, with the package of the SDK installed as npm packs it, and what that says it
 * needs.
 */
export class SdkProject {
  readonly folder: string;

  static async make(): Promise<SdkProject> {
    const project = new SdkProject(await mkdtemp(join(tmpdir(), 'provisor sdk ')));
    await execa(process.execPath, ['tools/run.mjs', 'sdk:package'], { cwd: root });
    const packed = await execa(
      'npm',
      ['pack', '--json', '--no-update-notifier', '--pack-destination', project.folder, './dist/sdk-package'],
      { cwd: root },
    );
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    await project.#install(filename);
    await writeFile(join(project.folder, 'package.json'), JSON.stringify({ type: 'module' }));
    return project;
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Installs what the clone has of a package, too. */
  async link(name: string): Promise<void> {
    const place = join(this.folder, 'node_modules', name);
    await mkdir(dirname(place), { recursive: true });
    await symlink(join(root, 'node_modules', name), place);
  }

  async write(name: string, text: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    return path;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  /** As npm does, but for fetching dependencies: nothing has to be fetched for a test. */
  async #install(file: string): Promise<void> {
    const place = join(this.folder, 'node_modules/@provisor/sdk');
    await mkdir(place, { recursive: true });
    await execa('tar', ['-xzf', join(this.folder, file), '-C', place, '--strip-components=1']);
    const manifest = JSON.parse(await readFile(join(place, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(manifest.dependencies)) await this.link(name);
  }
}
