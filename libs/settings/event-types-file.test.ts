import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypesFile } from './event-types-file.ts';

describe('a file of event types', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'event-types-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function read(content: unknown) {
    const file = path.join(folder, 'types.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return eventTypesFile(file);
  }

  const shipped = { id: 'orders.shipped', group: 'Orders', label: 'shipped' };

  it('has their id, group and label, and may have schema and sample', async () => {
    const schema = { type: 'object', required: ['parcel'] };
    const full = { ...shipped, id: 'orders.paid', schema, sample: { id: 7, parcel: 'x' } };
    const empty = { ...shipped, id: 'orders.lost', schema, sample: {} };
    const [plain, described, idless] = await read({ eventTypes: [shipped, full, empty] });
    expect(plain).toMatchObject({
      ...shipped,
      schema: { type: 'object', additionalProperties: true },
      sample: { id: 1 },
    });
    expect(described).toEqual({ ...full, sampleObject: { id: 7, clientId: 7 } });
    expect(idless).toEqual({ ...empty, sampleObject: { id: 1, clientId: 1 } });
  });

  const bad: [content: unknown, message: RegExp][] = [
    ['no JSON', /a JSON file that can be read \(it is not JSON: .* \(line 1 column \d+\)\)/],
    [[], /a list eventTypes/],
    [{ eventTypes: [1] }, /eventTypes\[0\] must be an object/],
    [{ eventTypes: [shipped, { ...shipped, id: 'Orders' }] }, /eventTypes\[1\] id must be words/],
    [{ eventTypes: [shipped, shipped] }, /eventTypes\[1\] id orders\.shipped is there a second time/],
    [{ eventTypes: [{ ...shipped, id: 'clients.create' }] }, /that Provisor has itself/],
    [{ eventTypes: [{ ...shipped, id: 'provisor.orders' }] }, /must not begin with provisor\./],
    [{ eventTypes: [{ id: 'orders.shipped', label: 'x' }] }, /eventTypes\[0\] group must be a text/],
    [{ eventTypes: [{ ...shipped, label: '' }] }, /label must not be empty/],
    [{ eventTypes: [{ ...shipped, schema: [] }] }, /schema must be an object/],
    [{ eventTypes: [{ ...shipped, sample: 1 }] }, /sample must be an object/],
    [{ eventTypes: [{ ...shipped, lable: 'x' }] }, /lable is not known/],
  ];

  it.each(bad)('%j is refused with what it should be', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  it('that is not there is refused', () => {
    expect(() => eventTypesFile(path.join(folder, 'none.json'))).toThrow(/can be read \(ENOENT\)/);
  });
});
