import type { Stack } from '../stack/index.ts';

/** Where to go on from the demo, which stays up. */
export function nextSteps({ access, accessFile }: Stack): string {
  const key = `$(node -p 'require("./${accessFile}").apiKey')`;
  return [
    '4. Now you. Everything stays up until Ctrl-C.',
    `   console        ${access.registryUrl}/`,
    `   API docs       ${access.registryUrl}/api/docs`,
    `   API key, URLs  ${accessFile}`,
    '   logs           .provisor/logs/',
    '',
    '   The latest executions, from another terminal:',
    `   curl -s '${access.registryUrl}/api/v1/executions?limit=5' \\`,
    `     -H "authorization: Bearer ${key}"`,
    '',
  ].join('\n');
}
