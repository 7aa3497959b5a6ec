import { join } from 'node:path';
import { execa } from 'execa';
import { allBlocks } from '../documentation/documents.ts';

/**
 * Makes an authority and certificates as the guide to deployment does.
 *
 * @returns The folder that they are in.
 */
export async function makeCertificates(folder: string): Promise<string> {
  const block = (await allBlocks()).find(({ language, text }) => language === 'sh' && text.includes('openssl req'));
  if (!block) throw new Error('no guide makes certificates');
  await execa('sh', ['-euc', block.text], { cwd: folder });
  return join(folder, 'docker/tls');
}
