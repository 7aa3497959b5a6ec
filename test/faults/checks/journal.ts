import type { EventStatus, ExecutionStatus, OutcomeKind } from '#contracts';
import type { Installation } from '../../support/installation.ts';
import { planOf } from '../cast.ts';

export interface JournaledAttempt {
  readonly number: number;
  readonly outcome: OutcomeKind;
  readonly reason: string | null;
  /** ISO 8601. */
  readonly startedAt: string;
}

export interface JournaledExecution {
  readonly id: string;
  readonly handlerName: string | null;
  readonly status: ExecutionStatus;
  /** Empty where the execution was read from a list: its one attempt was a success. */
  readonly attempts: readonly JournaledAttempt[];
}

export interface JournaledEvent {
  readonly id: string;
  readonly status: EventStatus;
  /** In the order of the plan. */
  readonly executions: readonly JournaledExecution[];
}

interface ListedEvent {
  readonly id: string;
  readonly type: string;
  readonly status: EventStatus;
}

interface ListedExecution {
  readonly id: string;
  readonly eventId: string;
  readonly handlerName: string | null;
  readonly status: ExecutionStatus;
  readonly attempts: number;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

const pageSize = 200;
/** How many questions are asked at a time: the registry has other things to do. */
const sideBySide = 8;

/** What the journal says of events, by REST, as an administrator would see it. */
export class Journal {
  readonly #installation: Installation;

  constructor(installation: Installation) {
    this.#installation = installation;
  }

  /** The events that have ended, by id; repetitions that were not run are left out. */
  async endedEvents(): Promise<Map<string, ListedEvent>> {
    const ended = new Map<string, ListedEvent>();
    for await (const event of this.#list<ListedEvent>('/events')) {
      if (event.status === 'succeeded' || event.status === 'failed') ended.set(event.id, event);
    }
    return ended;
  }

  /**
   * The events that have ended, with their executions. Most are read from lists, which is far quicker than one by one:
   * those that succeeded with one attempt for each handler.
   */
  async read(): Promise<Map<string, JournaledEvent>> {
    const ended = await this.endedEvents();
    const executions = Map.groupBy(await this.#executions(), ({ eventId }) => eventId);
    const read = new Map<string, JournaledEvent>();
    const oneByOne: string[] = [];
    for (const event of ended.values()) {
      const own = executions.get(event.id) ?? [];
      const plain =
        event.status === 'succeeded' && own.every(({ status, attempts }) => status === 'succeeded' && attempts === 1);
      if (plain) read.set(event.id, { ...event, executions: inPlanOrder(event.type, own) });
      else oneByOne.push(event.id);
    }
    const ask = async () => {
      for (let id = oneByOne.pop(); id !== undefined; id = oneByOne.pop()) {
        read.set(id, await this.#installation.json<JournaledEvent>('GET', `/events/${encodeURIComponent(id)}`));
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, ask));
    return read;
  }

  /** Keys that are in the slow lane. */
  async waitingKeys(): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.#list<{ key: string }>('/deferrals')) keys.push(key);
    return keys;
  }

  async #executions(): Promise<ListedExecution[]> {
    const executions: ListedExecution[] = [];
    for await (const execution of this.#list<ListedExecution>('/executions')) executions.push(execution);
    return executions;
  }

  async *#list<T>(path: string): AsyncGenerator<T> {
    for (let cursor: string | null = ''; cursor !== null;) {
      const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<T> = await this.#installation.json<Page<T>>('GET', `${path}?limit=${String(pageSize)}${from}`);
      yield* page.items;
      cursor = page.nextCursor;
    }
  }
}

/** The list has the newest first, and does not tell the place in the plan. */
function inPlanOrder(type: string, listed: readonly ListedExecution[]): JournaledExecution[] {
  const places = new Map(planOf(type).map(({ name }, place) => [name, place]));
  const placeOf = ({ handlerName }: ListedExecution) => places.get(handlerName ?? '') ?? Infinity;
  const ordered = listed.toSorted((one, other) => placeOf(one) - placeOf(other));
  return ordered.map(({ id, handlerName, status }) => ({ id, handlerName, status, attempts: [] }));
}
