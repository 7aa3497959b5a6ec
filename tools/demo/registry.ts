import type { Catalog, EventType, Handler, HandlerInput, JournalEvent, Page } from './api.ts';
import { DemoError } from './demo-error.ts';

/** The registry's REST interface, as any client would use it. */
export class Registry {
  readonly #base: string;
  readonly #apiKey: string;

  constructor(url: string, apiKey: string) {
    this.#base = `${url}/api/v1`;
    this.#apiKey = apiKey;
  }

  async eventTypes(): Promise<EventType[]> {
    return (await this.#get<{ items: EventType[] }>('/event-types')).items;
  }

  /** All handlers, enabled or not, whose name begins with `prefix`. */
  async handlersNamed(prefix: string): Promise<Handler[]> {
    const found: Handler[] = [];
    for (let page = 1; ; page++) {
      const { items, total, limit } = await this.#get<Page<Handler>>(
        `/handlers?q=${encodeURIComponent(prefix)}&page=${page}&limit=100`,
      );
      found.push(...items.filter(({ name }) => name.startsWith(prefix)));
      if (page * limit >= total) return found;
    }
  }

  createHandler(handler: HandlerInput): Promise<Handler> {
    return this.#send<Handler>('POST', '/handlers', handler);
  }

  /** Changes a handler as it was read; refused if another user has changed it since. */
  changeHandler({ id, version }: Handler, change: Partial<HandlerInput>): Promise<Handler> {
    return this.#send<Handler>('PATCH', `/handlers/${id}`, change, { 'if-match': `"${version}"` });
  }

  async archiveHandler({ id }: Handler): Promise<void> {
    await this.#send('DELETE', `/handlers/${id}`);
  }

  catalog(): Promise<Catalog> {
    return this.#get<Catalog>('/catalog');
  }

  get<T>(path: string): Promise<T> {
    return this.#get<T>(path);
  }

  async put(path: string, body: object): Promise<void> {
    await this.#send('PUT', path, body);
  }

  /** Undefined while no executor has recorded it. */
  async event(id: string): Promise<JournalEvent | undefined> {
    const response = await this.#call('GET', `/events/${id}`);
    if (response.status === 404) return undefined;
    return this.#read<JournalEvent>(response, `GET /events/${id}`);
  }

  async #get<T>(path: string): Promise<T> {
    return this.#read<T>(await this.#call('GET', path), `GET ${path}`);
  }

  async #send<T>(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
    return this.#read<T>(await this.#call(method, path, body, headers), `${method} ${path}`);
  }

  #call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#base + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
  }

  async #read<T>(response: Response, what: string): Promise<T> {
    const text = await response.text();
    if (!response.ok) throw new DemoError(`${what} was answered with ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
