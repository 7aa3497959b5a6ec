import { enableCompileCache } from 'node:module';
import { compileCache } from './paths.mjs';

// What an npm script does, on Node 24 and with every package installed (`bootstrap.mjs` sees to both).

// Each `npm run provisor` is a process of its own: with what the last one compiled it takes two thirds of the time.
enableCompileCache(compileCache);
const { run } = await import('./commands.mjs');

const [name, ...args] = process.argv.slice(2);
process.argv.splice(2, 1); // A program that is loaded into this process finds its own arguments where it expects them.
await run(name, args);
