import type { Handler, JournalEvent } from './api.ts';
import { DemoError } from './demo-error.ts';

/**
 * Checks that an event succeeded and that the demo's handlers ran for it, in the order of their priorities. Handlers of
 * other users may run as well.
 *
 * @throws DemoError that names the difference
 */
export function expectInOrder(event: JournalEvent, handlers: Handler[]): void {
  const expected = handlers
    .filter(({ event: type }) => type === event.type)
    .sort((one, other) => one.priority - other.priority)
    .map(({ name }) => name);
  const ran = event.executions.map(({ handlerName }) => handlerName).filter((name) => expected.includes(name));
  if (event.status !== 'succeeded') {
    const why = event.executions.flatMap(({ handlerName, attempts }) =>
      attempts
        .filter(({ outcome }) => outcome !== 'success')
        .map(
          ({ reason }) =>
            `${handlerName}${expected.includes(handlerName) ? '' : ', which is not the demo’s'}: ${reason}`,
        ),
    );
    throw new DemoError(`the event ${event.type} ${event.status}: ${why.join(', ') || 'nothing ran'}`);
  }
  if (ran.join() !== expected.join()) {
    throw new DemoError(`for ${event.type} there ran [${ran.join(', ')}], and not [${expected.join(', ')}]`);
  }
}
