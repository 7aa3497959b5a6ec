/** One thing that a service needs; resolves when it is there, rejects with what is wrong. */
export type ReadinessCheck = () => Promise<void> | void;

export interface ReadinessReport {
  ready: boolean;
  /** By name: `ok`, or what is wrong. */
  checks: Record<string, string>;
}

/** Longer than this and the thing counts as out of reach, so that a probe is answered in time. */
const checkTimeoutMs = 2_000;

/** Whether a service can work, checked each time. */
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>();

  /** Adds something that the service needs, under the name that the report gives it. */
  add(name: string, check: ReadinessCheck): void {
    this.#checks.set(name, check);
  }

  async report(): Promise<ReadinessReport> {
    const entries = await Promise.all(
      [...this.#checks].map(async ([name, check]) => [name, await ask(check)] as const),
    );
    return { ready: entries.every(([, result]) => result === 'ok'), checks: Object.fromEntries(entries) };
  }
}

async function ask(check: ReadinessCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${checkTimeoutMs} ms`)), checkTimeoutMs);
  });
  try {
    await Promise.race([check(), tooLate]);
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  } finally {
    clearTimeout(timer);
  }
}
