import { ApiProperty } from '@nestjs/swagger';
import { plainToInstance, Transform, Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import {
  handlerLimits,
  httpMethods,
  isJsonObject,
  scriptModes,
  taskTypes,
  type HttpMethod,
  type ScriptMode,
} from '#contracts';
import { Field, Fits } from '../../http/fields.ts';
import { listOf, oneOf, text, type Rule } from '../../http/rules.ts';
import { scriptPath } from '../script-path.ts';
import { certificates, privateKey } from '../secrets/pem.ts';
import { taskHeaders } from '../task-headers.ts';
import { taskUrl, withScheme } from '../task-url.ts';

/** What is in it is checked by its class. */
export const isObject: Rule = {
  fault: (value) => (isJsonObject(value) ? undefined : 'must be an object'),
  schema: {},
};

export class ScriptTaskInput {
  @Field(oneOf(['script']))
  type!: 'script';

  @Field(scriptPath, { description: "Absolute, or below one of the executor's script folders" })
  path!: string;

  @Field(listOf(text({ max: handlerLimits.argLength, kind: 'argument' }), { max: handlerLimits.args }), {
    required: false,
    default: [],
  })
  args?: string[];

  @Field(oneOf(scriptModes), {
    required: false,
    default: 'once',
    description: '`once`: a process for each event; `persistent`: the script stays up and takes one event a line',
  })
  mode?: ScriptMode;
}

export class HttpTlsInput {
  @Field(certificates, {
    required: false,
    description: 'Who vouches for the target, in place of the usual authorities',
  })
  ca?: string;

  @Field(certificates, { required: false, description: 'What the target is shown, first, and what vouches for it' })
  certificate?: string;

  @Field(privateKey, { required: false, description: 'Of the certificate; `***` keeps the one that is there' })
  key?: string;
}

export class HttpTaskInput {
  @Field(oneOf(['http']))
  type!: 'http';

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? withScheme(value.trim()) : value))
  @Field(taskUrl)
  url!: string;

  @Field(oneOf(httpMethods), { required: false, default: 'POST' })
  method?: HttpMethod;

  @Field(taskHeaders, { required: false, default: {} })
  headers?: Record<string, string>;

  @Field(listOf(text({ min: 1, max: handlerLimits.headerLength }), { max: handlerLimits.headers }), {
    required: false,
    description:
      'Headers whose values are secret though their names do not look like it; those whose names do are secret in any case',
  })
  secretHeaders?: string[];

  @Type(() => HttpTlsInput)
  @ValidateNested()
  @Field(isObject, { type: HttpTlsInput, required: false, description: 'For https only' })
  tls?: HttpTlsInput;
}

/** What names no type that there is: only that is wrong with it, whatever else it has. */
class UnknownTaskInput {
  @Fits(oneOf(taskTypes))
  @ApiProperty()
  type: unknown;
}

export type TaskInput = ScriptTaskInput | HttpTaskInput;

/** Makes of a task the class that its `type` asks for, so that it is checked as such. */
export function toTaskInput(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  if (value['type'] === 'script') return plainToInstance(ScriptTaskInput, value);
  if (value['type'] === 'http') return plainToInstance(HttpTaskInput, value);
  return Object.assign(new UnknownTaskInput(), { type: value['type'] });
}
