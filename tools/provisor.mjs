#!/usr/bin/env node
// `npx provisor …` in a clone: the same as `npm run provisor -- …`.
process.argv.splice(2, 0, 'provisor');
await import('./run.mjs');
