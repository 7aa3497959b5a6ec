import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync, type InputType } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { maxKeptResponseBytes } from '#contracts';
import { callOf, never } from '../../testing/calls.ts';
import { HttpRunner } from '../http-runner.ts';
import { RawTarget } from '../testing/raw-target.ts';

const runner = new HttpRunner();
let target: RawTarget;
let sent: Buffer;

beforeAll(async () => {
  target = await RawTarget.listen({ onRequest: ({ socket }) => socket.end(sent) });
});
afterAll(() => Promise.all([runner.close(), target.close()]));

async function attempt() {
  const result = await runner.run(callOf({ type: 'http', url: target.url(), method: 'POST', headers: {} }), never);
  return { outcome: result.outcome, kept: result.response.http };
}

/** What is kept of a 200 with these headers and this body. */
async function keptOf(headers: Record<string, string>, body: Buffer, status = '200 OK') {
  const lines = Object.entries({ 'content-length': String(body.length), ...headers }).map(([n, v]) => `${n}: ${v}\r\n`);
  sent = Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`, 'latin1'), body]);
  const { kept } = await attempt();
  return kept && { body: kept.body, truncated: kept.truncated };
}

const text = 'Конечно, 12.50 €. '.repeat(20);
const whole = { body: text, truncated: false };
/** The target says that it ends the connection: one that is used before its end is noticed would lose its call. */
const coded = (encoding: string, body: Buffer) => keptOf({ 'content-encoding': encoding, connection: 'close' }, body);
const gzip = (input: InputType = text): Buffer => gzipSync(input);

describe('the codings of a reply', () => {
  it.each<[string, Buffer]>([
    ['gzip', gzip()],
    ['GZip', gzip()],
    ['x-gzip', gzip()],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['deflate', deflateRawSync(text, { level: 0 })],
    ['deflate', deflateSync(text, { windowBits: 9 })],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['identity', Buffer.from(text)],
    ['', Buffer.from(text)],
    ['gzip, identity', gzip()],
    ['identity, gzip', gzip()],
    [' , gzip ,', gzip()],
    ['gzip, br', brotliCompressSync(gzip())],
    ['deflate, gzip', gzip(deflateRawSync(text))],
    ['gzip, deflate', deflateRawSync(gzip())],
    ['gzip, gzip, gzip, gzip', gzip(gzip(gzip(gzip())))],
    ['aws-chunked', Buffer.from(text)],
    ['constructor', Buffer.from(text)],
    ['__proto__', Buffer.from(text)],
  ])('%s is taken off where it is known', async (encoding, body) => {
    expect(await coded(encoding, body)).toEqual(whole);
  });

  it('come in several headers as well', async () => {
    const body = brotliCompressSync(gzip());
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-encoding: br\r\ncontent-length: ${String(body.length)}`;
    sent = Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
    expect((await attempt()).kept).toMatchObject(whole);
  });

  it('that are not known are left on, with those under them', async () => {
    const body = Buffer.from('#1f as it came');
    expect(await coded('gzip, compress', body)).toEqual({ body: '#1f as it came', truncated: false });
    expect(await coded('compress, gzip', gzip('as it came'))).toEqual({ body: 'as it came', truncated: false });
  });

  it('are not taken off where there are more than anybody needs', async () => {
    const { body } = (await coded('gzip,'.repeat(2_000), gzip()))!;
    expect(body).toContain('\u001f');
  });

  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, br'])('of nothing come to nothing (%s)', async (encoding) => {
    expect(await coded(encoding, Buffer.alloc(0))).toEqual({ body: '', truncated: false });
  });

  it.each<[string, Buffer]>([
    ['gzip', gzip()],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
  ])('may be followed by something else (%s)', async (encoding, body) => {
    for (const behind of ['garbage', '\r\n', '\0\0\0', '\x1f', '\x1f\x8b\x08', 'x'.repeat(1_000)]) {
      expect(await coded(encoding, Buffer.concat([body, Buffer.from(behind, 'latin1')]))).toEqual(whole);
    }
  });

  it('may be in several members of gzip', async () => {
    const half = text.length / 2;
    const members = Buffer.concat([gzip(text.slice(0, half)), gzip(text.slice(half))]);
    expect(await coded('gzip', members)).toEqual(whole);
  });

  it.each<[string, Buffer]>([
    ['gzip', gzip()],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
  ])('that are cut off leave what was there (%s)', async (encoding, body) => {
    const { body: kept, truncated } = (await coded(encoding, body.subarray(0, body.length - 9)))!;
    expect(truncated).toBe(true);
    expect(kept.length).toBeGreaterThan(10);
    expect(text.startsWith(kept)).toBe(true);
  });

  it('with a wrong checksum leave the text, and say that something is wrong', async () => {
    const body = gzip();
    body[body.length - 6]! ^= 1;
    expect(await coded('gzip', body)).toEqual({ body: text, truncated: true });
  });

  it('that are none leave nothing, and say so', async () => {
    for (const encoding of ['gzip', 'br', 'zstd', 'gzip, br']) {
      expect(await coded(encoding, Buffer.from('not coded at all'))).toEqual({ body: '', truncated: true });
    }
  });

  it('of bombs leave what is kept', async () => {
    const zeros = Buffer.alloc(64 * 1024 * 1024);
    const kept = { body: '\0'.repeat(maxKeptResponseBytes), truncated: true };
    expect(await coded('deflate', deflateRawSync(zeros))).toEqual(kept);
    expect(await coded('deflate, gzip', gzip(deflateRawSync(zeros)))).toEqual(kept);
  });
});

describe('the length of a reply', () => {
  it('that announces more than comes is no complete answer', async () => {
    await keptOf({ 'content-length': '100' }, Buffer.from('short'));
    const { outcome } = await attempt();
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'connection_reset' });
  });

  it('that announces less is what is kept, and the connection is not used again', async () => {
    expect(await keptOf({ 'content-length': '5' }, Buffer.from('short and more'))).toEqual({
      body: 'short',
      truncated: false,
    });
  });

  it('that is announced twice, differently, is no HTTP', async () => {
    sent = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc');
    expect((await attempt()).outcome).toMatchObject({ kind: 'retryable', reason: 'bad_response' });
  });

  it('may be in chunks, with trailers', async () => {
    sent = Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\nx-sum: 1\r\n\r\n');
    expect((await attempt()).kept).toMatchObject({ status: 200, body: 'short', truncated: false });
  });

  it('may be up to the end of the connection', async () => {
    sent = Buffer.from('HTTP/1.1 200 OK\r\n\r\nto the end');
    expect((await attempt()).kept).toMatchObject({ body: 'to the end', truncated: false });
  });

  it.each(['204 No Content', '205 Reset Content', '304 Not Modified'])('of %s is nothing', async (status) => {
    const headers = { 'content-length': '0', 'content-encoding': 'gzip' };
    expect(await keptOf(headers, Buffer.alloc(0), status)).toEqual({ body: '', truncated: false });
  });

  it.each(['204 No Content', '304 Not Modified'])(
    'that %s announces all the same is not waited for',
    async (status) => {
      expect(await keptOf({ 'content-encoding': 'gzip' }, gzip(), status)).toEqual({ body: '', truncated: false });
    },
  );
});

describe('the charset of a reply', () => {
  const inCharset = (charset: string, body: Buffer) => keptOf({ 'content-type': `text/plain; ${charset}` }, body);
  const russian = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  const utf16 = Buffer.from('Привет', 'utf16le');

  it.each<[string, Buffer, string]>([
    ['charset=windows-1251', russian, 'Привет'],
    ['charset="Windows-1251"', russian, 'Привет'],
    ["charset='windows-1251'", russian, 'Привет'],
    ['format=flowed; CharSet = cp1251 ; x=y', russian, 'Привет'],
    ['charset=koi8-r', Buffer.from([0xf0, 0xd2]), 'Пр'],
    ['charset=iso-8859-1', Buffer.from('é', 'latin1'), 'é'],
    ['charset=latin1', Buffer.from('é', 'latin1'), 'é'],
    ['charset=utf-16', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'Привет'],
    ['charset=utf-16', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]), 'Привет'],
    ['charset=utf-8', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'Привет'],
    ['x=y', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'Привет'],
    ['charset=utf-16le', utf16, 'Привет'],
    ['charset=shift_jis', Buffer.from([0x82, 0xa0]), 'あ'],
    ['charset=utf-8', Buffer.from('\ufeffПривет'), 'Привет'],
    ['charset=utf-8', russian, '\ufffd'.repeat(6)],
    ['charset=utf8', Buffer.from('é'), 'é'],
    ['charset=klingon', Buffer.from('é'), 'é'],
    ['charset=iso-2022-kr', Buffer.from('é'), 'é'],
    ['charset=', Buffer.from('é'), 'é'],
    ['charset', Buffer.from('é'), 'é'],
    ['', Buffer.from('é'), 'é'],
  ])('%s', async (charset, body, kept) => {
    expect(await inCharset(charset, body)).toEqual({ body: kept, truncated: false });
  });

  const xml = (encoding: string, quote = '"'): string =>
    `<?xml version=${quote}1.0${quote} encoding=${quote}${encoding}${quote}?><a>é</a>`;

  it.each<[string, Buffer, string]>([
    ['x=y', Buffer.from(xml('ISO-8859-1'), 'latin1'), xml('ISO-8859-1')],
    ['x=y', Buffer.from(xml('iso-8859-1', "'"), 'latin1'), xml('iso-8859-1', "'")],
    ['x=y', Buffer.from(xml('UTF-16'), 'utf16le'), xml('UTF-16')],
    ['x=y', Buffer.from(xml('UTF-16'), 'utf16le').swap16(), xml('UTF-16')],
    // What says of itself that it is in UTF-16, but is not.
    ['x=y', Buffer.from(xml('utf-16')), xml('utf-16')],
    ['charset=utf-8', Buffer.from(xml('iso-8859-1')), xml('iso-8859-1')],
    ['charset=iso-8859-1', Buffer.from(xml('utf-8'), 'latin1'), xml('utf-8')],
    ['x=y', Buffer.from(xml('klingon')), xml('klingon')],
    [
      'x=y',
      Buffer.from('<?xml version="1.0"?><a encoding="latin1">é</a>'),
      '<?xml version="1.0"?><a encoding="latin1">é</a>',
    ],
  ])('of XML is what it declares, where nothing else says it: %s %#', async (charset, body, kept) => {
    expect(await inCharset(charset, body)).toEqual({ body: kept, truncated: false });
  });

  it('is that of the decoded body', async () => {
    const headers = { 'content-type': 'application/json; charset=windows-1251', 'content-encoding': 'gzip' };
    expect(await keptOf(headers, gzip(russian))).toEqual({ body: 'Привет', truncated: false });
  });

  it.each(['utf-8', 'utf-16le'])('does not leave half a character where a long reply is cut (%s)', async (charset) => {
    const encoding = charset === 'utf-8' ? 'utf8' : 'utf16le';
    const long = Buffer.from(`${charset === 'utf-8' ? 'x' : ''}${'😀'.repeat(maxKeptResponseBytes / 2)}`, encoding);
    const { body, truncated } = (await inCharset(`charset=${charset}`, long))!;
    expect(truncated).toBe(true);
    expect(body).toMatch(/^x?(😀)+$/u);
    expect(Buffer.byteLength(body, encoding)).toBeGreaterThan(maxKeptResponseBytes - 4);
  });
});
