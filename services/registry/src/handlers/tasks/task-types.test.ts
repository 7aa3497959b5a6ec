import { describe, expect, it } from '@jest/globals';
import { validate } from 'class-validator';
import type { HttpTask, Task } from '#contracts';
import { fieldErrors } from '../../http/field-errors.ts';
import { EmailTaskInput, HttpTaskInput, ScriptTaskInput } from '../dto/task.dto.ts';
import { shownTask } from './shown-task.ts';
import { toTaskInput } from './task-types.ts';

describe('the task of a request', () => {
  it.each([
    ['script', ScriptTaskInput],
    ['http', HttpTaskInput],
    ['email', EmailTaskInput],
  ])('of the type %s is checked as such', (type, shape) => {
    expect(toTaskInput({ type })).toBeInstanceOf(shape);
  });

  it.each(['mail', 'constructor', '__proto__', '', 7, null, undefined])(
    'of the type %j is refused for its type alone, and is never taken for another',
    async (type) => {
      const input = toTaskInput({ type, url: 'http://a', path: 'a.sh' }) as object;
      expect(fieldErrors(await validate(input))).toEqual([
        { field: 'type', message: 'must be one of script, http, email' },
      ]);
    },
  );

  it.each([['text'], [null], [[{ type: 'http' }]]])('that is %j stays what it is', (value) => {
    expect(toTaskInput(value)).toBe(value);
  });
});

describe('a task that is shown', () => {
  it('has its fields in the order in which people look for them, and none that it lacks', () => {
    const stored: HttpTask = { url: 'http://a', headers: {}, type: 'http', method: 'POST' };
    expect(Object.keys(shownTask(stored))).toEqual(['type', 'url', 'method', 'headers']);
    const script: Task = { mode: 'once', args: [], path: 'a.sh', type: 'script' };
    expect(Object.keys(shownTask(script))).toEqual(['type', 'path', 'args', 'mode']);
  });

  it('has no field that its type does not have', () => {
    const stored = { type: 'script', path: 'a.sh', args: [], mode: 'once', left: 'over' } as Task;
    expect(shownTask(stored)).not.toHaveProperty('left');
  });
});
