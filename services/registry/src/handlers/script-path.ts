import { customRule } from '../http/custom-rule.ts';

/** The path of a script. That it is there, and in an allowed folder, only the executor can see. */
export function IsScriptPath(): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' && value.split('/').includes('..') ? 'must not contain the segment ..' : undefined;
  return customRule({ name: 'scriptPath', fault });
}
