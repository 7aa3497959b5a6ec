import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './paths.mjs';
import { runQuietly } from './quiet.mjs';

const stampFile = join(root, 'node_modules/.provisor-stamp');

/**
 * Makes node_modules what package-lock.json says, unless it is that already.
 *
 * @returns {Promise<boolean>} false when npm failed; it has then been said why
 */
export async function installDependencies() {
  const wanted = fingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return true;
  if (!installedByHand()) {
    const npm = npmCommand();
    // Whatever the user's npm is configured to leave out, the product needs its development dependencies to run here.
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
    const env = { ...process.env, SCARF_ANALYTICS: 'false' }; // npm before 11 does not know `allowScripts`; no telemetry there either.
    if (!(await runQuietly('installing dependencies', npm.command, [...npm.args, ...args], { env, shell: npm.shell })))
      return false;
  }
  writeFileSync(stampFile, wanted);
  return true;
}

/** What node_modules depends on: the two package files, and the machine, since npm picks packages by platform and engine. */
function fingerprint() {
  const { dependencies, devDependencies, allowScripts } = readJson('package.json');
  const machine = [process.platform, process.arch, process.versions.modules];
  return createHash('sha256')
    .update(JSON.stringify([machine, dependencies, devDependencies, allowScripts]))
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Whether somebody has run `npm ci` or `npm install` themselves and need not wait for it again. npm writes
 * `node_modules/.package-lock.json` last, so an installation that broke off does not count.
 */
function installedByHand() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const wanted = readJson('package-lock.json').packages;
  const installed = readJson('node_modules/.package-lock.json').packages;
  const complete = Object.entries(wanted).every(
    ([path, entry]) => path === '' || (installed[path] ?? (entry.optional ? entry : {})).version === entry.version,
  );
  return complete && spawnSync(node24, ['--version']).status === 0;
}

/** The npm that runs us, else the one on PATH. */
function npmCommand() {
  const own = process.env.npm_execpath;
  if (own?.endsWith('npm-cli.js')) return { command: process.execPath, args: [own], shell: false };
  const windows = process.platform === 'win32';
  return { command: windows ? 'npm.cmd' : 'npm', args: [], shell: windows };
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
