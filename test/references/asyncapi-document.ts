import specifications from '@asyncapi/specs';
import { Ajv, type ErrorObject, type SchemaObject } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '#contracts';
import { current } from '../../tools/docs/documents.ts';

/** A message that was seen; what a broker or a server gives. */
export interface SeenMessage {
  readonly headers?: object;
  readonly payload: unknown;
}

export interface Example {
  readonly headers?: JsonObject;
  readonly payload: JsonObject;
}

/** `docs/asyncapi.yaml` as a reader has it, and what it says of messages. */
export class AsyncApiDocument {
  readonly content: JsonObject;
  readonly #ajv = new Ajv({ strict: false, allErrors: true });

  static async read(): Promise<AsyncApiDocument> {
    return new AsyncApiDocument(parse(await current('docs/asyncapi.yaml')) as JsonObject);
  }

  private constructor(content: JsonObject) {
    this.content = content;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(content, 'asyncapi.yaml');
  }

  /** What the specification has against the document. */
  faults(): ErrorObject[] {
    const specification = new Ajv({ strict: false, allErrors: true });
    addFormats.default(specification);
    specification.validate(specifications.schemasWithoutId['3.0.0'] as SchemaObject, this.content);
    return specification.errors ?? [];
  }

  /** The object at a place of the document, `#/channels/billingEvents`. */
  at(pointer: string): JsonObject {
    const value = pointer
      .split('/')
      .slice(1)
      .reduce<Json | undefined>((here, name) => (isJsonObject(here) ? here[name] : undefined), this.content);
    if (!isJsonObject(value)) throw new Error(`asyncapi.yaml has no object at ${pointer}`);
    return value;
  }

  /** The example that a message has. */
  exampleOf(message: string): Example {
    const [example] = this.at(`#/components/messages/${message}`)['examples'] as unknown as Example[];
    return structuredClone(example!);
  }

  /** What a message has that its description does not allow. */
  differences(message: string, { headers = {}, payload }: SeenMessage): string[] {
    const parts = Object.entries({ headers, payload });
    return parts.flatMap(([part, value]) => {
      const pointer = `#/components/messages/${message}/${part}`;
      if (part === 'headers' && this.at(`#/components/messages/${message}`)['headers'] === undefined) return [];
      const validate = this.#ajv.getSchema(`asyncapi.yaml${pointer}`)!;
      if (validate(value)) return [];
      return validate.errors!.map(({ instancePath, message: fault }) => `${part}${instancePath} ${fault!}`);
    });
  }
}
