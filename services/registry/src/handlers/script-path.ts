import { handlerLimits } from '#contracts';
import { text, type Rule } from '../http/rules.ts';

const shape = text({ min: 1, max: handlerLimits.pathLength });

/** The path of a script. That it is there, and in an allowed folder, only the executor can see. */
export const scriptPath: Rule = {
  fault: (value) => {
    const fault = shape.fault(value);
    if (fault) return fault;
    return (value as string).split('/').includes('..') ? 'must not contain the segment ..' : undefined;
  },
  schema: { ...shape.schema, example: 'user/local/vcs/script.py' },
};
