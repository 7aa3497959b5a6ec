import type { EventStatus, ExecutionStatus, OutcomeKind } from '#contracts';
import type { Installation } from '../../support/installation.ts';

export interface JournaledAttempt {
  readonly number: number;
  readonly outcome: OutcomeKind;
  readonly reason: string | null;
}

export interface JournaledExecution {
  readonly id: string;
  readonly handlerName: string | null;
  readonly status: ExecutionStatus;
  readonly attempts: readonly JournaledAttempt[];
}

/** What `GET /events/:id` tells. */
export interface JournaledEvent {
  readonly id: string;
  readonly status: EventStatus;
  readonly duplicates: number;
  /** In the order of the plan. */
  readonly executions: readonly JournaledExecution[];
}

/** How many questions are asked at a time: the registry has other things to do. */
const sideBySide = 8;

/** What the journal says of events, by REST, as an administrator would see it. */
export class Journal {
  readonly #installation: Installation;
  readonly #ended = new Map<string, JournaledEvent>();

  constructor(installation: Installation) {
    this.#installation = installation;
  }

  /** Events that have ended, as far as has been asked. */
  get ended(): ReadonlyMap<string, JournaledEvent> {
    return this.#ended;
  }

  /** Asks for each of the events, unless it is known to have ended. @returns the ids of those that have not */
  async askFor(ids: readonly string[]): Promise<string[]> {
    const open: string[] = [];
    const queue = ids.filter((id) => !this.#ended.has(id));
    const ask = async () => {
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
        const event = await this.#get(id);
        if (event && event.status !== 'waiting') this.#ended.set(id, event);
        else open.push(id);
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, ask));
    return open;
  }

  /** Keys that are in the slow lane. */
  async waitingKeys(): Promise<string[]> {
    const { items } = await this.#installation.json<{ items: { key: string }[] }>('GET', '/deferrals?limit=200');
    return items.map(({ key }) => key);
  }

  async #get(id: string): Promise<JournaledEvent | undefined> {
    const response = await this.#installation.call('GET', `/events/${encodeURIComponent(id)}`);
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) throw new Error(`event ${id}: ${String(response.status)} ${await response.text()}`);
    return (await response.json()) as JournaledEvent;
  }
}
