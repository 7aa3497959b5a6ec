import { describe, expect, it } from '@jest/globals';
import { execaNode } from 'execa';

/** What Node has and browsers do not, and then what the console loads. */
const asInBrowser = (module: string) => `
for (const name of ['Buffer', 'process', 'setImmediate', 'global']) delete globalThis[name];
console.log(Object.keys(await import('${module}')).length);`;

/** The console starts with these, and shows an empty page when one of them needs Node as it is loaded. */
describe('libraries that the console shares with the services', () => {
  it.each(['#contracts', '#templates'])('%s can be loaded without what only Node has', async (module) => {
    const { stdout } = await execaNode({
      nodeOptions: ['--conditions=provisor-source', '--input-type=module'],
      input: asInBrowser(module),
    })`-`;
    expect(Number(stdout)).toBeGreaterThan(0);
  });
});
