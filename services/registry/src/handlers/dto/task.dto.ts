import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsString,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  taskLimits,
  httpMethods,
  scriptModes,
  targetLimits,
  taskTraits,
  taskTypes,
  type HttpMethod,
  type ScriptMode,
  type TaskType,
} from '#contracts';
import { Described } from '../../http/described.ts';
import { IfGiven } from '../../http/fields.ts';
import { IsArgument, IsOneLine, IsPlainText, Length, MaxLength } from '../../http/text.ts';
import { IsEmailAddress } from '../email-address.ts';
import { IsScriptPath } from '../script-path.ts';
import { IsTaskHeaders } from '../task-headers.ts';
import { IsBody, IsContentType } from '../task-body.ts';
import { IsTaskUrl, withScheme } from '../task-url.ts';
import { IsTargetPath } from '../target-path.ts';
import { HttpTlsInput } from './tls.dto.ts';

export class ScriptTaskInput {
  @IsIn(['script'])
  type!: 'script';

  /**
   * Absolute, or below one of the executor's script folders
   *
   * @example user/local/vcs/script.py
   */
  @IsString()
  @IsOneLine()
  @Length(1, taskLimits.pathLength)
  @IsScriptPath()
  path!: string;

  @IfGiven({ default: [] })
  @IsArray()
  @ArrayMaxSize(taskLimits.args)
  @IsString({ each: true })
  @IsArgument({ each: true })
  @MaxLength(taskLimits.argLength, { each: true })
  args?: string[];

  /** `once`: a process for each event; `persistent`: the script stays up and takes one event a line */
  @IfGiven({ default: taskTraits.script.defaults.mode })
  @IsIn(scriptModes)
  mode?: ScriptMode;
}

export class HttpTaskInput {
  @IsIn(['http'])
  type!: 'http';

  /**
   * http or https; `127.0.0.1:5000/api` means `http://127.0.0.1:5000/api`. Required without a target
   *
   * @example http://127.0.0.1:5000/api
   */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? withScheme(value.trim()) : value))
  @ValidateIf(({ url, target }: HttpTaskInput) => url !== undefined || target === undefined)
  @Described({ required: false })
  @IsTaskUrl()
  url?: string;

  /** Id of the target that is called, in place of a URL; in a set its name */
  @IfGiven()
  @IsString()
  @IsOneLine()
  @Length(1, targetLimits.nameLength)
  target?: string;

  /** Path behind the base URL of the target, perhaps with a query */
  @IfGiven({ example: '/api/accounts' })
  @IsTargetPath()
  path?: string;

  @IfGiven({ default: taskTraits.http.defaults.method })
  @IsIn(httpMethods)
  method?: HttpMethod;

  /** For a secret header `***` means the stored value */
  @IfGiven({ default: {}, example: { authorization: 'Bearer …' } })
  @IsTaskHeaders()
  headers?: Record<string, string>;

  /** Further headers with secret values; headers with names such as Authorization are always secret */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(taskLimits.headers)
  @IsString({ each: true })
  @IsOneLine({ each: true })
  @Length(1, taskLimits.headerLength, { each: true })
  secretHeaders?: string[];

  /** For https URLs only; a target has its own */
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => HttpTlsInput)
  tls?: HttpTlsInput;

  /**
   * Content type of `body`; without it: application/json
   *
   * @example text/xml
   */
  @IfGiven()
  @IsContentType()
  contentType?: string;

  /**
   * What is sent, with placeholders `{{ … }}` in CEL, each escaped for where it stands; null: the event as it is
   *
   * @example {"id": {{ data.id }}, "name": "{{ data.name }}"}
   */
  @IfGiven()
  @IsBody()
  body?: string | null;
}

export class EmailTaskInput {
  @IsIn(['email'])
  type!: 'email';

  /** Addresses, without names */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(taskLimits.recipients)
  @IsString({ each: true })
  @IsEmailAddress({ each: true })
  to!: string[];

  @IfGiven({ default: [] })
  @IsArray()
  @ArrayMaxSize(taskLimits.recipients)
  @IsString({ each: true })
  @IsEmailAddress({ each: true })
  cc?: string[];

  @IsString()
  @IsOneLine()
  @Length(1, taskLimits.subjectLength)
  subject!: string;

  /** Plain text; line breaks are kept */
  @IsString()
  @IsPlainText()
  @Length(1, taskLimits.textLength)
  text!: string;
}

/** A task of an unknown type: nothing else of it is checked. */
export class UnknownTaskInput {
  @IsIn(taskTypes)
  type: unknown;
}

/** What a request may say of each type's task. */
export interface TaskInputs {
  script: ScriptTaskInput;
  http: HttpTaskInput;
  email: EmailTaskInput;
}

export type TaskInput = TaskInputs[TaskType];
