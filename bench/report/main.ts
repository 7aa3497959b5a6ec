/**
 * `npm run bench:report`: writes what the last `npm run bench` has measured into docs/performance.md, with charts. What
 * people have written there stays.
 *
 * Exit codes: 0 written; 1 it could not be; 2 nothing was measured yet.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describeError } from '../../tools/tool-error.ts';
import { UsageError } from '../bench-error.ts';
import { benches } from '../benches.ts';
import { reportOf, targetsBlock } from './blocks.ts';
import { filledIn } from './document.ts';
import { readResults } from './results.ts';

const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const folder = 'images/performance';
const charts = fileURLToPath(new URL(`../../docs/${folder}/`, import.meta.url));

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const results = await readResults();
  const report = reportOf(results, folder, Object.keys(benches));
  const document = filledIn(await readFile(page, 'utf8'), report.blocks);
  const options = await resolveConfig(page);
  await writeCharts(Object.keys(results.benches), report.charts);
  await writeFile(page, await format(document, { ...options, filepath: page }));
  say(`written to docs/performance.md: ${Object.keys(report.blocks).join(', ')}`);
  if (!Object.hasOwn(report.blocks, targetsBlock))
    say('the overview of the targets stays: it needs a run of all benches');
  return 0;
}

/** Charts that a bench had before and has no more go. */
async function writeCharts(measured: readonly string[], drawn: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(charts, { recursive: true });
  const old = (await readdir(charts)).filter((file) => measured.some((bench) => file.startsWith(`${bench}.`)));
  for (const file of old) await rm(`${charts}${file}`);
  for (const [file, svg] of Object.entries(drawn)) await writeFile(`${charts}${file}`, svg);
}

function explain(error: unknown): number {
  process.stderr.write(`${describeError(error)}\n`);
  return error instanceof UsageError ? 2 : 1;
}

process.exit(await main().catch(explain));
