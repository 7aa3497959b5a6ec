import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import type { Checkout } from './checkout.ts';
import { placeOf } from './documents.ts';
import type { Block } from './markdown.ts';
import { isAsShown, onlyLooks } from './shown.ts';
import { RunningProgram, Terminal, type Ran } from './terminal.ts';
import { given, isFor, staysUp } from './treatments.ts';

/** What a document says where a program has printed something: a secret, which its reader copies. */
const copied = /whsec_[A-Za-z0-9+/=]+/;

/**
 * A reader who follows a document word by word, with a terminal for each program that stays up and one for the rest.
 */
export class Reader {
  readonly #checkout: Checkout;
  readonly #terminal: Terminal;
  readonly #programs = new Map<RegExp, RunningProgram>();
  #secret = '';

  constructor(checkout: Checkout) {
    this.#checkout = checkout;
    this.#terminal = new Terminal(checkout.desk);
  }

  /**
   * @param shown What the document says that it prints, if it does.
   * @throws Error When the block fails, or prints something else.
   */
  async follow(block: Block, shown: string | undefined): Promise<void> {
    const script = this.#checkout.here(block.text).replace('whsec_…', this.#secret);
    const expected = shown === undefined ? undefined : this.#checkout.here(shown);
    const program = staysUp.find(({ has }) => has.test(block.text));
    const look = async (): Promise<void> => {
      const ran = program ? await this.#startProgram(program, script) : await this.#give(script, block);
      this.#secret = copied.exec(ran.printed)?.[0] ?? this.#secret;
      if (ran.code !== 0) throw new Error(report(`exit code ${String(ran.code)}`, block, ran));
      if (expected === undefined || isAsShown(expected, ran.printed)) return;
      throw new Error(report(`it does not print what is shown:\n${expected}`, block, ran));
    };
    await (onlyLooks(block.text) && expected !== undefined ? eventually(async () => (await look(), true)) : look());
    await this.#checkout.settled();
  }

  async leave(): Promise<void> {
    this.#terminal.close();
    for (const program of this.#programs.values()) await program.interrupt();
  }

  async #give(script: string, block: Block): Promise<Ran> {
    const brought = given.find((item) => isFor(item, block));
    for (const [name, text] of Object.entries(brought?.files ?? {})) {
      await writeFile(join(this.#checkout.desk.folder, name), text);
    }
    return this.#terminal.run(script, brought?.input);
  }

  /** The one before at the same place is ended first. */
  async #startProgram({ has, says }: { has: RegExp; says?: RegExp }, command: string): Promise<Ran> {
    if (!says) return { code: 0, printed: '' };
    await this.#programs.get(has)?.interrupt();
    const program = new RunningProgram(command, this.#checkout.desk);
    this.#programs.set(has, program);
    await program.until(says);
    return { code: 0, printed: program.said };
  }
}

function report(what: string, block: Block, { printed }: Ran): string {
  return `${placeOf(block)}: ${what}\n--- the block\n${block.text}\n--- printed\n${printed}`;
}
