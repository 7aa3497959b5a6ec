import { readJson, type Value } from '#conditions';
import type { Answer, Answers, TaskType } from '#contracts';
import { readXml, rootPart, XmlFault } from '#xml';

/** Reads a whole answer as a document; null when it is none. */
type ReadDocument = (text: string) => Value;

const readers = {
  json: (text) => readJson(text) ?? null,
  xml: xmlIn,
} as const satisfies Record<string, ReadDocument>;

/** Most answers are no XML, and their first character says so. */
const beginsAsXml = /^\ufeff?[ \t\r\n]*</;

function xmlIn(text: string): Value {
  if (!beginsAsXml.test(text)) return null;
  try {
    return readXml(text);
  } catch (error) {
    if (error instanceof XmlFault) return null;
    throw error;
  }
}

/** What was cut off says nothing that could be relied on. */
function documentsIn(text: string, truncated: boolean): [string, Value][] {
  return Object.entries(readers).map(([name, read]): [string, Value] => [name, truncated ? null : read(text)]);
}

const values: { readonly [T in TaskType]: (answer: Answers[T]) => ReadonlyMap<string, Value> } = {
  http: ({ status, headers, body, truncated }) => {
    const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const root = rootPart(named.get('content-type') ?? '', body);
    return new Map<string, Value>([
      ['status', BigInt(status)],
      ['headers', named],
      ['text', body],
      ...(root === undefined ? documentsIn(body, truncated) : documentsIn(root, false)),
    ]);
  },
  script: ({ exitCode, signal, stdout, stderr, truncated }) =>
    new Map<string, Value>([
      ['exitCode', exitCode === null ? null : BigInt(exitCode)],
      ['signal', signal],
      ['stdout', stdout],
      ['stderr', stderr],
      ...documentsIn(stdout, truncated),
    ]),
  email: ({ code, response }) =>
    new Map<string, Value>([
      ['status', code === null ? null : BigInt(code)],
      ['text', response],
    ]),
};

/** An answer as expressions read it: `response`. */
export function answerValue<T extends TaskType>(type: T, answer: Answer<T>): ReadonlyMap<string, Value> {
  return (values[type] as (answer: Answer) => ReadonlyMap<string, Value>)(answer);
}
