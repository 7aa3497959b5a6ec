import type { Plugin } from 'vite';

const prefix = '\0without-';

/**
 * Lets the development server take `#contracts` as a whole: what of it needs Node is not called by the console, and is
 * left out of the build, but here all of it is loaded. The names of Node's modules are there, and nothing behind them.
 */
export function withoutNode(): Plugin {
  return {
    name: 'provisor:without-node',
    apply: 'serve',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith('node:') ? prefix + id : undefined),
    load: async (id) => {
      if (!id.startsWith(prefix)) return undefined;
      const names = Object.keys((await import(id.slice(prefix.length))) as object);
      return names
        .map((name) => (name === 'default' ? 'export default undefined;' : `export const ${name} = undefined;`))
        .join('\n');
    },
  };
}
