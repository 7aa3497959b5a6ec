import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { firstPageSize } from './first-page-size.ts';
import { precompress } from './precompress.ts';
import { withoutNode } from './without-node.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export default defineConfig({
  root: `${root}services/console`,
  cacheDir: `${root}node_modules/.vite`,
  resolve: { conditions: ['provisor-source', 'module', 'browser', 'development|production'] },
  // The registry puts a fresh nonce in its place with every answer; see services/registry/src/console/.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: `${root}dist/console`,
    emptyOutDir: true,
    target: 'es2022',
    // The policy has no room for data: URLs but in images.
    assetsInlineLimit: 0,
  },
  plugins: [withoutNode(), firstPageSize(), precompress()],
  // Not '/api': a page of the console begins so, too.
  server: { proxy: { '/api/': { target: registryUrl(), ws: false } } },
});

/** Of the stack that "npm start" has started, for the development server. */
function registryUrl(): string {
  const file = `${root}.provisor/dev.json`;
  if (!existsSync(file)) return 'http://127.0.0.1:3000';
  return (JSON.parse(readFileSync(file, 'utf8')) as { registryUrl: string }).registryUrl;
}
