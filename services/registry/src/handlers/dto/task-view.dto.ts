import {
  httpMethods,
  scriptModes,
  type EmailTask,
  type HttpMethod,
  type HttpTask,
  type ScriptMode,
  type ScriptTask,
} from '#contracts';
import { OneOf } from '../../http/formats.ts';
import { HttpTlsView } from './tls.dto.ts';

export class ScriptTaskView implements ScriptTask {
  type!: 'script';

  path!: string;

  args!: string[];

  @OneOf(scriptModes)
  mode!: ScriptMode;
}

export class HttpTaskView implements HttpTask {
  type!: 'http';

  /** Absent where the task names a target */
  url?: string;

  /** Id of the target that is called; in a set its name */
  target?: string;

  /** Behind the base URL of the target */
  path?: string;

  @OneOf(httpMethods)
  method!: HttpMethod;

  /** The value of a secret one is `***` */
  headers!: Record<string, string>;

  /** Names of the headers with secret values, in lower case; absent when there are none */
  secretHeaders?: string[];

  tls?: HttpTlsView;

  /** Content type of `body`; absent: application/json */
  contentType?: string;

  /** What is sent, with placeholders; absent: the event as it is */
  body?: string;
}

export class EmailTaskView implements EmailTask {
  type!: 'email';

  to!: string[];

  cc!: string[];

  subject!: string;

  text!: string;
}
