import {
  httpMethods,
  scriptModes,
  secretMark,
  type HttpMethod,
  type HttpTask,
  type HttpTls,
  type ScriptMode,
  type ScriptTask,
} from '#contracts';
import { OneOf } from '../../http/formats.ts';

export class ScriptTaskView implements ScriptTask {
  type!: 'script';

  path!: string;

  args!: string[];

  @OneOf(scriptModes)
  mode!: ScriptMode;
}

export class HttpTlsView implements HttpTls {
  ca?: string;

  certificate?: string;

  /** A private key is stored; it is not shown */
  @OneOf([secretMark])
  key?: string;
}

export class HttpTaskView implements HttpTask {
  type!: 'http';

  url!: string;

  @OneOf(httpMethods)
  method!: HttpMethod;

  /** The value of a secret one is `***` */
  headers!: Record<string, string>;

  /** Names of the headers with secret values, in lower case; absent when there are none */
  secretHeaders?: string[];

  tls?: HttpTlsView;
}
