import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsolePage } from './console-page.ts';

/** Where the build puts it, seen from the compiled registry. */
export const builtConsole = fileURLToPath(new URL('../../../../console/', import.meta.url));

/** What is under these is never a page of the console. */
const notPages = /^\/(api|healthz|readyz|metrics|assets)(\/|$)/;

const aYear = 31_536_000_000;

/**
 * Serves the console's files, and its page at every path that a browser could have got from it: which page is shown
 * there is the console's to know. Neither needs a key; what the page shows comes from the API, which does.
 */
export async function serveConsole(adapter: FastifyAdapter, folder: string): Promise<void> {
  const server = adapter.getInstance();
  const page = ConsolePage.read(folder);
  if (!page) {
    server.get('/', async (_request, reply) => sayThatItIsMissing(reply));
    return;
  }
  await server.register(fastifyStatic, {
    root: folder,
    // A route for each file that there is: what is not there goes on to the page, or is not found.
    wildcard: false,
    index: false,
    globIgnore: ['index.html', '**/*.br', '**/*.gz'],
    decorateReply: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // The names in assets/ hold a hash of what is in the file.
      const isHashed = path.startsWith(`${folder}assets/`);
      void reply.header('cache-control', isHashed ? `public, max-age=${aYear / 1000}, immutable` : 'no-cache');
    },
  });
  server.get('/', async (_request, reply) => page.send(reply));
  server.get('/*', async (request, reply) => {
    if (isPage(request)) await page.send(reply);
    else reply.callNotFound();
  });
}

function isPage({ url, headers }: FastifyRequest): boolean {
  return !notPages.test(url.split('?', 1)[0]!) && (headers.accept ?? '').includes('text/html');
}

async function sayThatItIsMissing(reply: FastifyReply): Promise<void> {
  await reply
    .header('content-type', 'text/plain; charset=utf-8')
    .send('The console has not been built: npm run build. The API is described at /api/docs\n');
}
