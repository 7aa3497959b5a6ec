import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import {
  eventFormats,
  failurePolicies,
  handlerStatuses,
  httpMethods,
  scriptModes,
  secretMark,
  type EventFormat,
  type FailurePolicy,
  type Handler,
  type HandlerStatus,
  type HttpMethod,
  type HttpTask,
  type HttpTls,
  type RetryPolicy,
  type ScriptMode,
  type ScriptTask,
  type Task,
} from '#contracts';
import type { HandlerEntity } from '#database';
import { shownTask } from '../secrets/shown-task.ts';
import { inForce } from '../signing/signing-secret.ts';
import { signingSecretView, SigningSecretView } from './signing-secret.dto.ts';

export class ScriptTaskView implements ScriptTask {
  @ApiProperty({ type: 'string', enum: ['script'] })
  type!: 'script';

  @ApiProperty()
  path!: string;

  @ApiProperty({ type: [String] })
  args!: string[];

  @ApiProperty({ type: 'string', enum: [...scriptModes] })
  mode!: ScriptMode;
}

export class HttpTlsView implements HttpTls {
  @ApiProperty({ required: false })
  ca?: string;

  @ApiProperty({ required: false })
  certificate?: string;

  @ApiProperty({ required: false, enum: [secretMark], description: 'There is one, which is not shown' })
  key?: string;
}

export class HttpTaskView implements HttpTask {
  @ApiProperty({ type: 'string', enum: ['http'] })
  type!: 'http';

  @ApiProperty()
  url!: string;

  @ApiProperty({ type: 'string', enum: [...httpMethods] })
  method!: HttpMethod;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The value of a secret one is `***`',
  })
  headers!: Record<string, string>;

  @ApiProperty({
    type: [String],
    required: false,
    description: 'Names of the headers whose values are secret, in lower case; absent when there are none',
  })
  secretHeaders?: string[];

  @ApiProperty({ type: HttpTlsView, required: false })
  tls?: HttpTlsView;
}

export class RetryView implements RetryPolicy {
  @ApiProperty({ type: 'integer' })
  maxAttempts!: number;

  @ApiProperty({ type: [String] })
  schedule!: string[];
}

@ApiExtraModels(ScriptTaskView, HttpTaskView)
export class HandlerView implements Omit<Handler, 'format'> {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty()
  event!: string;

  @ApiProperty({
    oneOf: [{ $ref: getSchemaPath(ScriptTaskView) }, { $ref: getSchemaPath(HttpTaskView) }],
    discriminator: {
      propertyName: 'type',
      mapping: { script: getSchemaPath(ScriptTaskView), http: getSchemaPath(HttpTaskView) },
    },
  })
  task!: Task;

  @ApiProperty({ type: 'string', enum: [...handlerStatuses] })
  status!: HandlerStatus;

  @ApiProperty({ type: 'integer', minimum: 1 })
  priority!: number;

  @ApiProperty({ type: 'string', enum: [...failurePolicies] })
  onFailure!: FailurePolicy;

  @ApiProperty({ type: 'integer' })
  timeoutMs!: number;

  @ApiProperty({ type: RetryView })
  retry!: RetryView;

  @ApiProperty({ type: 'integer' })
  maxConcurrency!: number;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'In CEL; null: the handler runs for all events of its type',
  })
  condition!: string | null;

  @ApiProperty({
    type: 'string',
    enum: eventFormats.filter((format) => format !== 'native'),
    required: false,
    description: 'In which format it gets its events; absent: in the native one',
  })
  format?: EventFormat;

  @ApiProperty({
    type: [SigningSecretView],
    required: false,
    description: 'What its calls are signed with now, the newest last; absent where they are not',
  })
  signingSecrets?: SigningSecretView[];

  @ApiProperty({ type: 'integer', description: 'Grows by one with every change; the ETag' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

/** A handler as the REST API shows it. */
export function handlerView(handler: HandlerEntity): HandlerView {
  const signingSecrets = inForce(handler.signingSecrets, new Date());
  return {
    id: handler.id,
    name: handler.name,
    description: handler.description,
    event: handler.event,
    task: shownTask(handler.task),
    status: handler.status,
    priority: handler.priority,
    onFailure: handler.onFailure,
    timeoutMs: handler.timeoutMs,
    retry: { maxAttempts: handler.retry.maxAttempts, schedule: handler.retry.schedule },
    maxConcurrency: handler.maxConcurrency,
    condition: handler.condition,
    ...(handler.format !== 'native' && { format: handler.format }),
    ...(signingSecrets.length > 0 && { signingSecrets: signingSecrets.map(signingSecretView) }),
    version: handler.version,
    createdAt: handler.createdAt.toISOString(),
    updatedAt: handler.updatedAt.toISOString(),
  };
}
