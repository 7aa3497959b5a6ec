import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './paths.mjs';

const stampFile = join(root, 'node_modules/.provisor-stamp');

/**
 * Makes node_modules what package-lock.json says, unless it is that already.
 *
 * @returns {boolean} false when npm failed; its output has then been shown
 */
export function installDependencies() {
  const wanted = fingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return true;
  if (!installedByHand() && !runNpmCi()) return false;
  writeFileSync(stampFile, wanted);
  return true;
}

function runNpmCi() {
  console.log('installing dependencies…');
  const npm = npmCommand();
  // Whatever the user's npm is configured to leave out, the product needs its development dependencies to run here.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  // npm before 11 does not know `allowScripts`; no telemetry there either.
  const env = { ...process.env, SCARF_ANALYTICS: 'false' };
  const { status, error, stdout, stderr } = spawnSync(npm.command, [...npm.args, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return true;
  process.stderr.write(Buffer.concat([stdout ?? Buffer.alloc(0), stderr ?? Buffer.alloc(0)]));
  console.error(`installing dependencies failed (${error?.message ?? `exit code ${status}`})`);
  return false;
}

/**
 * What node_modules depends on: the two package files, and the machine, since npm picks packages by platform and
 * engine.
 */
function fingerprint() {
  const { dependencies, devDependencies, allowScripts } = readJson('package.json');
  const machine = [process.platform, process.arch, process.versions.modules];
  return createHash('sha256')
    .update(JSON.stringify([machine, dependencies, devDependencies, allowScripts]))
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Whether the developer has run `npm ci` or `npm install` and need not wait for it again. npm writes
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
  return own?.endsWith('npm-cli.js') ? { command: process.execPath, args: [own] } : { command: 'npm', args: [] };
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
