import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import { pagePolicy } from '../http/security-headers.ts';

/**
 * Stands in the built page where each answer has a nonce of its own; see `html.cspNonce` of the console's Vite
 * settings.
 */
const noncePlaceholder = '__CSP_NONCE__';

/** The page that the console starts from, read once. */
export class ConsolePage {
  readonly #parts: readonly string[];

  private constructor(html: string) {
    this.#parts = html.split(noncePlaceholder);
  }

  /** @returns undefined if the console has not been built, as when the registry runs from source. */
  static read(folder: string): ConsolePage | undefined {
    try {
      return new ConsolePage(readFileSync(join(folder, 'index.html'), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /**
   * The component library writes style elements; those that carry the nonce of this answer are applied, and no others.
   */
  async send(reply: FastifyReply): Promise<void> {
    const nonce = randomBytes(16).toString('base64');
    await reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `${pagePolicy}; style-src 'self' 'nonce-${nonce}'`,
        // It names the files of this build, and may not outlive it; nor may its nonce.
        'cache-control': 'no-store',
      })
      .send(this.#parts.join(nonce));
  }
}
