import { describe, expect, it } from '@jest/globals';
import { GroupCommit, type GroupCommitOptions } from './group-commit.ts';

/** A batch whose statements end when the test says so. */
class Statements {
  /** Items of each statement that was begun. */
  readonly begun: number[][] = [];
  readonly #open: PromiseWithResolvers<number[]>[] = [];
  readonly batch: GroupCommit<number, number>;

  constructor(options: Partial<GroupCommitOptions<number>> = {}) {
    const serve = (items: readonly number[]) => {
      this.begun.push([...items]);
      const statement = Promise.withResolvers<number[]>();
      this.#open.push(statement);
      return statement.promise;
    };
    this.batch = new GroupCommit(serve, { maxItems: 100, ...options });
  }

  /** Ends the newest statement, each item answered by its tenfold, and lets everything follow from that. */
  async answer(): Promise<void> {
    this.#open.at(-1)!.resolve(this.begun.at(-1)!.map((item) => item * 10));
    await settle();
  }

  async fail(error: Error): Promise<void> {
    this.#open.at(-1)!.reject(error);
    await settle();
  }
}

/** Resolves when nothing is left to be done that waits for nothing outside. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a group commit', () => {
  it('takes what is asked in one turn together', async () => {
    const statements = new Statements();
    const answers = Promise.all([1, 2, 3].map((item) => statements.batch.ask(item)));
    await settle();
    expect(statements.begun).toEqual([[1, 2, 3]]);
    await statements.answer();
    expect(await answers).toEqual([10, 20, 30]);
  });

  it('lets all that ask during one statement share the next, and has never two under way', async () => {
    const statements = new Statements();
    const answers = [statements.batch.ask(1)];
    await settle();
    for (const item of [2, 3, 4]) {
      answers.push(statements.batch.ask(item));
      await settle();
    }
    expect(statements.begun).toEqual([[1]]);
    await statements.answer();
    expect(statements.begun).toEqual([[1], [2, 3, 4]]);
    await statements.answer();
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40]);
  });

  it('answers each item with its own answer, in the order asked', async () => {
    const statements = new Statements({ maxItems: 2 });
    const answered: number[] = [];
    for (const item of [5, 3, 4, 1, 2]) void statements.batch.ask(item).then((answer) => answered.push(answer));
    for (let n = 0; n < 3; n++) {
      await settle();
      await statements.answer();
    }
    expect(statements.begun).toEqual([[5, 3], [4, 1], [2]]);
    expect(answered).toEqual([50, 30, 40, 10, 20]);
  });

  it('adds nothing to a batch that is heavy enough, and lets a single heavier item go', async () => {
    const statements = new Statements({ maxWeight: 10, weigh: (item) => item });
    const answers = Promise.all([4, 5, 6, 100, 1].map((item) => statements.batch.ask(item)));
    for (let n = 0; n < 3; n++) {
      await settle();
      await statements.answer();
    }
    // 4 and 5 are below the weight, with 6 it is reached.
    expect(statements.begun).toEqual([[4, 5, 6], [100], [1]]);
    expect(await answers).toEqual([40, 50, 60, 1000, 10]);
  });

  it('rejects with an error those of its batch and nobody else', async () => {
    const statements = new Statements();
    const first = Promise.allSettled([1, 2].map((item) => statements.batch.ask(item)));
    await settle();
    const second = statements.batch.ask(3);
    const reason = new Error('refused');
    await statements.fail(reason);
    await statements.answer();
    expect(await first).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    expect(await second).toBe(30);
  });

  it('rejects as well when the statement cannot even be begun, and goes on afterwards', async () => {
    let broken = true;
    const batch = new GroupCommit<number, number>(
      (items) => {
        if (broken) throw new Error('no statement');
        return Promise.resolve(items);
      },
      { maxItems: 10 },
    );
    await expect(batch.ask(1)).rejects.toThrow('no statement');
    broken = false;
    expect(await batch.ask(2)).toBe(2);
  });

  it('is idle when everything that was asked is answered, and at once when nothing was', async () => {
    const statements = new Statements({ maxItems: 1 });
    await statements.batch.idle();
    let idle = false;
    const answers = Promise.allSettled([1, 2].map((item) => statements.batch.ask(item)));
    const becameIdle = statements.batch.idle().then(() => (idle = true));
    await settle();
    await statements.answer();
    expect(idle).toBe(false);
    await statements.fail(new Error('refused'));
    await becameIdle;
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});
