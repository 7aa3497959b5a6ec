import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonBody } from './places/json-body.ts';
import { formBody } from './places/plain.ts';
import { urlPlace } from './places/url.ts';
import { xmlBody } from './places/xml-body.ts';
import { headerPlace } from './places/header.ts';
import { argumentPlace } from './places/plain.ts';
import { rendered } from './testing/rendered.ts';

/** What attackers write, what mistakes leave behind, and anything else. */
const hostile = fc.oneof(
  fc.constantFrom(
    ...['/', '..', '.', '%2e', '%2E%2e', '?', '#', '&', '=', '+', '\\', '\r\n', '\n', '\0', '"', "'", '<', '>', ']]>'],
    ...['-->', '&lt;', '{{', '}}', '{{ data.b }}', '","x":"', '<!--', '<![CDATA[', '@', ':', '//', '\ud83d', '\udc00'],
    ...['\u2028', '\u0085', ' ', '', '\t', '-rf', '$(id)', '`', ';', '\ufeff', '\uffff', '\x7f', 'é', '✓', '𝒳'],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const text = fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join(''));
const value = fc.oneof({ weight: 3, arbitrary: text }, fc.jsonValue({ maxDepth: 2 }).map(withoutMinusZero));

/** JSON has it, and CEL has not. */
function withoutMinusZero(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json)) as unknown;
}

const runs = { seed: 20261129, numRuns: 1_500 };

function whenRendered(source: string, place: typeof urlPlace, data: unknown, check: (text: string) => void): void {
  const result = rendered(source, place, JSON.stringify(data));
  if (!result.startsWith('fault: ')) check(result);
}

function assert(holds: boolean, found: unknown): void {
  if (!holds) throw new Error(JSON.stringify(found));
}

describe('no value of an event changes', () => {
  it('the host, the segments or the parameters of a URL', () => {
    const source = 'https://api.example.org:8443/v1/{{ data.a }}/x-{{ data.b }}/end?q={{ data.a }}&r=1{{ data.b }}';
    fc.assert(
      fc.property(value, value, (a, b) => {
        whenRendered(source, urlPlace, { a, b }, (url) => {
          const { origin, pathname, searchParams, hash } = new URL(url);
          assert(origin === 'https://api.example.org:8443' && hash === '', url);
          const segments = pathname.split('/');
          assert(segments.length === 5 && segments[1] === 'v1' && segments[4] === 'end', url);
          assert([...searchParams.keys()].join() === 'q,r', url);
          if (typeof a === 'string') {
            assert(decodeURIComponent(segments[2]!) === a && searchParams.get('q') === a, url);
          }
        });
      }),
      runs,
    );
  });

  it('the members of a JSON body', () => {
    const source = '{"a": {{ data.a }}, "b": "<{{ data.b }}>", "c": [1, "{{ data.b }}{{ data.b }}"], "d": {}}';
    fc.assert(
      fc.property(value, text, (a, b) => {
        whenRendered(source, jsonBody, { a, b }, (body) => {
          const expected = { a, b: `<${b}>`, c: [1, b + b], d: {} };
          assert(JSON.stringify(JSON.parse(body)) === JSON.stringify(withoutMinusZero(expected)), body);
        });
      }),
      runs,
    );
  });

  it('the elements of an XML body', () => {
    const source = '<a><b c="{{ data.a }}" d=\'{{ data.b }}\'/>{{ data.a }}<e>{{ data.b }}</e></a>';
    fc.assert(
      fc.property(text, text, (a, b) => {
        whenRendered(source, xmlBody, { a, b }, (body) => {
          const [, c = '', d = '', between = '', e = ''] =
            /^<a><b c="([^"<>]*)" d='([^'<>]*)'\/>([^<>]*)<e>([^<>]*)<\/e><\/a>$/.exec(body) ?? [];
          const read = (part: string) =>
            part.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));
          assert(read(c) === a && read(d) === b && read(between) === a && read(e) === b, body);
          assert(!/&(?!#\d+;)/.test(body), body);
        });
      }),
      runs,
    );
  });

  it('the fields of a form', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        whenRendered('a={{ data.a }}&b={{ data.b }}', formBody, { a, b }, (body) => {
          assert(
            JSON.stringify([...new URLSearchParams(body)]) ===
              JSON.stringify([
                ['a', a],
                ['b', b],
              ]),
            body,
          );
        });
      }),
      runs,
    );
  });

  it('the number of headers', () => {
    fc.assert(
      fc.property(text, (a) => {
        whenRendered('Bearer {{ data.a }}', headerPlace, { a }, (header) => {
          assert(new Headers({ x: header }).get('x') === `Bearer ${a}`.replace(/[\t ]+$/, ''), header);
        });
      }),
      runs,
    );
  });

  it('the number of arguments, each of which ends at its first NUL', () => {
    fc.assert(
      fc.property(text, (a) => {
        whenRendered('--name={{ data.a }}', argumentPlace, { a }, (argument) => {
          assert(argument === `--name=${a}` && !argument.includes('\0'), argument);
        });
      }),
      runs,
    );
  });
});
