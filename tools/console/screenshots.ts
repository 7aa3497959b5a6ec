import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { chromiumArguments, findChromium } from '../browser/chromium.ts';
import { pagesToShow, type PageToShow } from './pages-to-show.ts';

// Takes pictures of the console of a stack that "npm start" has started: of every page, or of those that are named by their
// addresses, in each scheme and at each width.

const schemes = ['light', 'dark'] as const;
const widths = [360, 768, 1440];
const height = 900;

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { into: { type: 'string', default: '.provisor/screenshots' }, url: { type: 'string' } },
});
const { registryUrl, apiKey } = JSON.parse(await readFile(join(root, '.provisor/dev.json'), 'utf8')) as Access;
const baseURL = values.url ?? registryUrl;
const folder = join(root, values.into);
const pages = positionals.length > 0 ? positionals.map(named) : pagesToShow;

interface Access {
  registryUrl: string;
  apiKey: string;
}

const executablePath = await findChromium(console.log);
if (executablePath === undefined) throw new Error('pictures are taken with Chromium, which is not installed');
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: chromiumArguments() });
try {
  for (const scheme of schemes) for (const width of widths) await takeAll(browser, scheme, width);
} finally {
  await browser.close();
}
console.log(`pictures are in ${folder}`);

async function takeAll(from: Browser, scheme: (typeof schemes)[number], width: number): Promise<void> {
  const context = await from.newContext({ baseURL, colorScheme: scheme, viewport: { width, height } });
  const suffix = `${scheme}-${String(width)}`;
  await take(context, { name: 'sign-in', path: '/' }, suffix);
  const answer = await context.request.post('/api/v1/session', { data: { key: apiKey } });
  if (!answer.ok()) throw new Error(`signing in: ${String(answer.status())} ${await answer.text()}`);
  for (const page of pages) await take(context, page, suffix);
  await context.close();
}

async function take(context: BrowserContext, { name, path }: PageToShow, suffix: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}-${suffix}.png`), animations: 'disabled' });
  await page.close();
}

function named(path: string): PageToShow {
  return { name: path.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'start', path };
}
