import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What Node has compiled, for the next process that runs the same. */
export const compileCache = join(root, '.provisor/cache/compile');

/** Node 24, as the npm package `node` brings it: what the product runs on, whatever runs npm. */
export const node24 = join(root, 'node_modules/node/bin/node');
