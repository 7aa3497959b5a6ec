import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** Of JavaScript, gzipped: what a browser has to load before it can show a page, whichever page that is. */
const mostBytes = 270_000;

/**
 * Fails the build when a page needs more JavaScript than it may. Pages are loaded when they are opened, so each is
 * looked at alone.
 */
export function firstPageSize(): Plugin {
  return {
    name: 'provisor-first-page-size',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const sizes = new Map(chunks.map(({ fileName, code }) => [fileName, gzipSync(code).length]));
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const entry = chunks.find(({ isEntry }) => isEntry);
      if (!entry) this.error('there is no entry');
      const start = reach(entry, byName);
      for (const page of chunks.filter(({ isDynamicEntry }) => isDynamicEntry)) {
        const names = new Set([...start, ...reach(page, byName)]);
        const total = [...names].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
        if (total > mostBytes) {
          this.error(`${page.name}: ${String(total)} bytes of JavaScript, gzipped; it may be ${String(mostBytes)}`);
        }
      }
    },
  };
}

/** A chunk, and all that it imports before it runs. */
function reach(
  chunk: Rolldown.OutputChunk,
  byName: ReadonlyMap<string, Rolldown.OutputChunk>,
  seen = new Set<string>(),
): Set<string> {
  if (seen.has(chunk.fileName)) return seen;
  seen.add(chunk.fileName);
  for (const name of chunk.imports) {
    const imported = byName.get(name);
    if (imported) reach(imported, byName, seen);
  }
  return seen;
}
