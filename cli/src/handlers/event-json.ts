import { writeJson } from '#contracts';
import { readYaml } from '../input/yaml-source.ts';

/** JSON stays as it was written; YAML keeps every digit of whole numbers. */
export function eventJson(text: string, file: string, environment: NodeJS.ProcessEnv): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return writeJson(readYaml(text, file, environment, { intAsBigInt: true }).value ?? null);
  }
}
