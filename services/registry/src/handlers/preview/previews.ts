import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { BillingEvent } from '#contracts';
import { DatabaseClock } from '#database';
import { TargetEntity, type HandlerEntity } from '#orm';
import { Redaction } from '#redaction';
import type { RegistrySettings } from '#settings';
import { SETTINGS } from '../../runtime/tokens.ts';
import { inForce } from '../signing/signing-secret.ts';
import { requestPreview, sizeOfPreview, type RequestPreview } from './request-preview.ts';
import type { PreviewedHandler } from './shown-request.ts';

/** What a preview looks at of a handler that is kept, or of one that is not yet. */
export type Previewed = Pick<HandlerEntity, 'id' | 'task' | 'format' | 'signingSecrets'>;

/** Characters of all requests that one answer shows: an event may have thousands of handlers. */
const mostShown = 4 * 1024 * 1024;

/** Shows the requests of handlers, sending nothing. */
@Injectable()
export class RequestPreviews {
  readonly #dataSource: DataSource;
  readonly #redaction: Redaction;
  readonly #clock: DatabaseClock;
  readonly #cloudEventsSource: string;

  constructor(
    dataSource: DataSource,
    redaction: Redaction,
    clock: DatabaseClock,
    @Inject(SETTINGS) { cloudEventsSource }: RegistrySettings,
  ) {
    this.#dataSource = dataSource;
    this.#redaction = redaction;
    this.#clock = clock;
    this.#cloudEventsSource = cloudEventsSource;
  }

  async of(handler: Previewed, event: BillingEvent): Promise<RequestPreview> {
    const [preview] = await this.ofAll([handler], event);
    return preview!;
  }

  /** The requests of several handlers for one event; those that an answer has no more room for are left out. */
  async ofAll(handlers: readonly Previewed[], event: BillingEvent): Promise<RequestPreview[]> {
    const targets = await this.#targets(handlers);
    const means = {
      redaction: this.#redaction,
      cloudEventsSource: this.#cloudEventsSource,
      now: this.#clock.date(),
    };
    const previews: RequestPreview[] = [];
    let left = mostShown;
    for (const handler of handlers) {
      const preview = left > 0 ? requestPreview(this.#previewed(handler, targets), event, means) : leftOut;
      left -= sizeOfPreview(preview);
      previews.push(preview);
      // Each has a bound, and there may be thousands of them: other requests go on in between.
      await new Promise((resume) => setImmediate(resume));
    }
    return previews;
  }

  #previewed({ id, task, format, signingSecrets }: Previewed, targets: ReadonlyMap<string, TargetEntity>) {
    const target = task.type === 'http' ? targets.get(task.target ?? '') : undefined;
    const isSigned = inForce(signingSecrets, this.#clock.date()).length > 0;
    return { id, task, format, isSigned, target } satisfies PreviewedHandler;
  }

  async #targets(handlers: readonly Previewed[]): Promise<ReadonlyMap<string, TargetEntity>> {
    const ids = handlers.flatMap(({ task }) =>
      task.type === 'http' && task.target !== undefined ? [task.target] : [],
    );
    if (ids.length === 0) return new Map();
    const targets = await this.#dataSource.manager.findBy(TargetEntity, { id: In([...new Set(ids)]) });
    return new Map(targets.map((target) => [target.id, target]));
  }
}

const leftOut: RequestPreview = {
  request: null,
  fault: { field: 'task', message: 'is left out, because the answer would be too long: preview this handler alone' },
};
