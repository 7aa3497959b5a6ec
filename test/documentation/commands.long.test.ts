import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Checkout } from './checkout.ts';
import { allBlocks } from './documents.ts';
import type { Block } from './markdown.ts';
import { Reader } from './reader.ts';
import { given, isFor, needs, notRun, tools } from './treatments.ts';

const blocks = await allBlocks();
const commands = blocks.filter(({ language }) => language === 'sh');
const documents = [...new Set(commands.map(({ document }) => document))];

/** What stands directly below a block as that which it prints. */
function shownBelow(block: Block): string | undefined {
  const fences = 3; // The end of the one, an empty line, and the beginning of the other.
  const line = block.line + block.text.split('\n').length + fences;
  const next = blocks.find((other) => other.document === block.document && other.line === line);
  return next?.language === 'text' ? next.text : undefined;
}

/** The guides, followed word by word, in a clone in which `npm start` runs. */
onlyWhere(
  describe,
  tools.areHere(),
  tools.names,
)('the commands of', () => {
  let sandbox: Sandbox;
  let checkout: Checkout;

  beforeAll(async () => {
    sandbox = await createSandbox();
    checkout = await Checkout.start(sandbox, { SCRIPTS_DIRS: './examples/handlers' });
  }, 120_000);
  afterAll(async () => {
    await checkout.stop();
    await sandbox.dispose();
  });

  it.each(documents)(
    '%s do what it says',
    async (document) => {
      await checkout.beginAnew();
      const reader = new Reader(checkout);
      try {
        for (const block of commands.filter((command) => command.document === document)) {
          if (isLeftOut(block)) continue;
          await reader.follow(block, shownBelow(block));
        }
      } finally {
        await reader.leave();
      }
    },
    180_000,
  );
});

it('whatever is treated in a way of its own is there', () => {
  const stale = [...notRun, ...given, ...needs].filter((item) => !commands.some((block) => isFor(item, block)));
  expect(stale).toEqual([]);
});

function isLeftOut(block: Block): boolean {
  const need = needs.find((item) => isFor(item, block));
  const isMissing = need !== undefined && onlyWhere(it, need.isHere(), need.what) !== it;
  return isMissing || notRun.some((item) => isFor(item, block));
}
