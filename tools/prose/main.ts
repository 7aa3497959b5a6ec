/** `npm run check`, step "plain English": what can be measured of documents and comments (CONTRIBUTING.md, "Style"). */
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { findingsInMarkdown, findingsInSource } from './findings.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const exclude = (path: string): boolean =>
  /(^|\/)(node_modules|dist|generated|coverage|\.provisor|\.git)(\/|$)/.test(path);

const paths: string[] = [];
for await (const path of glob('**/{Dockerfile,Caddyfile,*.{md,ts,tsx,mjs,py,sh,yml,yaml,conf,service}}', {
  cwd: root,
  exclude,
}))
  paths.push(path);

let count = 0;
for (const path of paths.sort()) {
  const text = await readFile(`${root}/${path}`, 'utf8');
  const findings = path.endsWith('.md') ? findingsInMarkdown(text) : findingsInSource(path, text);
  for (const { line, message } of findings) console.log(`${path}:${String(line)}: ${message}`);
  count += findings.length;
}
process.exitCode = count === 0 ? 0 : 1;
