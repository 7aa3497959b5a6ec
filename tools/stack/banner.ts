import type { Stack } from './index.ts';

/** What a newcomer needs to know about a stack that has come up. */
export function banner({ access, accessFile }: Stack): string {
  return [
    '',
    `provisor ready   ${access.registryUrl}`,
    `  console        ${access.registryUrl}/`,
    `  API docs       ${access.registryUrl}/api/docs`,
    `  API key, URLs  ${accessFile}`,
    '  stop           Ctrl-C',
    '',
  ].join('\n');
}
