import { describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import fc from 'fast-check';
import { Budget, eventVariables, Fault } from '#conditions';
import { bodyPlace, Template } from '#templates';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { programs } from '../../tools/telecom/programs.ts';

const found = await programs('python3');

/** Reads documents from a list in JSON with expat, and writes what stands in each place. */
const reader = `
import json, sys, xml.etree.ElementTree as tree
def read(document):
    root = tree.fromstring(document.encode())
    child = root[0]
    return [root.get("one"), root.get("two"), root.text, child.text, child.tail]
json.dump([read(document) for document in json.load(sys.stdin)], sys.stdout)
`;
const heads = ['', '<?xml version="1.0" encoding="UTF-8"?>\n', '<!DOCTYPE a SYSTEM "a.dtd">'];
const body = `<a one="{{ data.v }}" two='{{ data.v }}'>{{ data.v }}<b>{{ data.v }}</b>{{ data.v }}</a>`;

const part = fc.oneof(
  fc.constantFrom(']]>', '<![CDATA[', '<!--', '-->', '&amp;', '&', '<', '>', '"', "'", '\r', '\r\n', '\n', '\t', ' '),
  fc.constantFrom(
    '\u0085',
    '\u2028',
    '\u007f',
    '\ufeff',
    '\u00a0',
    '{{',
    '}}',
    '${A}',
    '&#10;',
    '<?p',
    '?>',
    '😀',
    '%',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const value = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));

onlyWhere(
  describe,
  found !== undefined,
  'python3',
)('XML that we send', () => {
  it('is read by another parser as the value of each placeholder, or is not sent', async () => {
    const sent: { value: string; document: string }[] = [];
    const refused: string[] = [];
    for (const [index, one] of fc.sample(value, { seed: 20261129, numRuns: 3_000 }).entries()) {
      const template = new Template(`${heads[index % heads.length]}${body}`, bodyPlace('text/xml'));
      const event = { id: 'e', type: 't', occurredAt: 0, objectId: 1, body: JSON.stringify({ data: { v: one } }) };
      const document = template.render(eventVariables(event, []), new Budget());
      if (document instanceof Fault) refused.push(one);
      else sent.push({ value: one, document });
    }
    const { stdout } = await execa(found!.python3, ['-c', reader], {
      input: JSON.stringify(sent.map(({ document }) => document)),
      timeout: 30_000,
    });
    const read = JSON.parse(stdout) as (string | null)[][];
    expect(read.map((texts) => texts.map((text) => text ?? ''))).toEqual(
      sent.map((one) => Array.from({ length: 5 }, () => one.value)),
    );
    // What is not sent has a character that no document can hold.
    const unfit =
      /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
    expect(refused.filter((one) => !unfit.test(one))).toEqual([]);
    expect(sent.length).toBeGreaterThan(1_000);
  });
});
