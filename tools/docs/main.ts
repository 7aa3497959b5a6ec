/** `npm run docs`: writes what is made from the code in docs/, where it is not that already. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { current, madeDocuments, placeOf } from './documents.ts';

for (const { path, text } of await madeDocuments()) {
  const before = existsSync(placeOf(path)) ? await current(path) : undefined;
  if (before === text) continue;
  await writeFile(placeOf(path), text);
  console.log(`${path} was not what the code says, and is now`);
}
