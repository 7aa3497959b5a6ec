import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { chromiumArguments, findChromium } from '../browser/chromium.ts';
import { pagesToShow, type PageToShow } from './pages-to-show.ts';

// Takes pictures of the console of a stack that "npm start" has started: of every page, or of those that are named by
// their addresses, in each scheme and at each width; or, with --docs, those of docs/console.md.

type Scheme = 'light' | 'dark';

interface Series {
  schemes: readonly Scheme[];
  widths: readonly number[];
  height: number;
  folder: string;
}

const toLookAt: Series = {
  schemes: ['light', 'dark'],
  widths: [390, 1024, 1440],
  height: 900,
  folder: '.provisor/screenshots',
};
/** Of one look each, and below 100 kB: they are in the repository. */
const ofDocs: Series = { schemes: ['light'], widths: [1280], height: 560, folder: 'docs/images/console' };

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { into: { type: 'string' }, url: { type: 'string' }, docs: { type: 'boolean', default: false } },
});
const { registryUrl, apiKey } = JSON.parse(await readFile(join(root, '.provisor/dev.json'), 'utf8')) as Access;
const baseURL = values.url ?? registryUrl;
const series = values.docs ? ofDocs : toLookAt;
const folder = join(root, values.into ?? series.folder);
const known = values.docs ? pagesToShow.filter(({ inDocs }) => inDocs !== undefined) : pagesToShow;
const pages = positionals.length > 0 ? positionals.map(named) : known;

interface Access {
  registryUrl: string;
  apiKey: string;
}

const executablePath = await findChromium(console.log);
if (executablePath === undefined) throw new Error('pictures are taken with Chromium, which is not installed');
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: chromiumArguments() });
try {
  for (const scheme of series.schemes) for (const width of series.widths) await takeAll(browser, scheme, width);
} finally {
  await browser.close();
}
console.log(`pictures are in ${folder}`);

async function takeAll(from: Browser, scheme: Scheme, width: number): Promise<void> {
  const viewport = { width, height: series.height };
  const context = await from.newContext({ baseURL, colorScheme: scheme, viewport });
  const suffix = values.docs ? '' : `-${scheme}-${String(width)}`;
  if (!values.docs) await take(context, { name: 'sign-in', path: '/' }, suffix);
  const answer = await context.request.post('/api/v1/session', { data: { key: apiKey } });
  if (!answer.ok()) throw new Error(`signing in: ${String(answer.status())} ${await answer.text()}`);
  for (const page of pages) await take(context, page, suffix);
  await context.close();
}

async function take(
  context: BrowserContext,
  { name, path, idFrom, press, inDocs }: PageToShow,
  suffix: string,
): Promise<void> {
  const id = idFrom && (await firstIdIn(context, idFrom));
  if (idFrom !== undefined && id === undefined) {
    console.log(`no picture of ${name}: ${idFrom} lists nothing`);
    return;
  }
  const page = await context.newPage();
  if (values.docs && inDocs !== undefined) await page.setViewportSize({ width: series.widths[0]!, height: inDocs });
  await page.goto(path.replace(':id', encodeURIComponent(id ?? '')));
  await page.getByRole('heading', { level: 1 }).waitFor();
  if (press !== undefined) await page.getByRole('button', { name: press }).click();
  await page.waitForLoadState('networkidle');
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: join(folder, `${name}${suffix}.png`), animations: 'disabled' });
  await page.close();
}

async function firstIdIn(context: BrowserContext, list: string): Promise<string | undefined> {
  const answer = await context.request.get(list);
  if (!answer.ok()) throw new Error(`${list}: ${String(answer.status())} ${await answer.text()}`);
  const { items } = (await answer.json()) as { items: { id: string }[] };
  return items[0]?.id;
}

function named(path: string): PageToShow {
  return { name: path.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'start', path };
}
