import type { IncomingMessage } from 'node:http';

/** An event has at most 1 MiB; CloudEvents and escapes add to it. */
export const mostBytes = 2 * 1024 * 1024;

/**
 * The body of a request, or undefined if it is too long: it is still read to its end, so that the connection stays
 * usable.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  return size <= mostBytes ? Buffer.concat(chunks) : undefined;
}
