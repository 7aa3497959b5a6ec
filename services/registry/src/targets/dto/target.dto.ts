import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import type { TargetAuth, TargetRate } from '#contracts';
import type { TargetEntity } from '#orm';
import { HttpTlsView } from '../../handlers/dto/tls.dto.ts';
import { HoldView, HoldWindowView } from '../../holds/dto/hold-window.dto.ts';
import { holdInForce } from '../../holds/hold-in-force.ts';
import { DateTime, Integer, Uuid } from '../../http/formats.ts';
import { shownTarget } from '../shown-target.ts';
import { anyAuth, targetAuthClasses } from './target-auth.dto.ts';

export class TargetRateView implements TargetRate {
  /** Calls a second, of all executors together */
  perSecond!: number;

  /** Calls that may come at once after a while without any */
  @Integer()
  burst!: number;
}

@ApiExtraModels(...targetAuthClasses.view)
export class TargetView {
  @Uuid()
  id!: string;

  name!: string;

  description!: string;

  /** With the path of a task behind it */
  baseUrl!: string;

  /** Sent with each call; the value of a secret one is `***` */
  headers!: Record<string, string>;

  /** Names of the headers with secret values, in lower case */
  secretHeaders!: string[];

  tls!: HttpTlsView | null;

  @ApiProperty(anyAuth('view'))
  auth!: TargetAuth | null;

  /** Limit on calls a second; null: none */
  rate!: TargetRateView | null;

  /** Limit on calls at a time, of all executors together; null: none but those of the handlers */
  @Integer()
  maxConcurrency!: number | null;

  /** Weekly hours in which it is not called */
  windows!: HoldWindowView[];

  /** Events a second that continue at the end of a hold, at most */
  releasePerSecond!: number;

  /** What a person has said about not calling it; null: nothing that still holds */
  hold!: HoldView | null;

  /** Number of handlers that call it, without archived ones */
  @Integer()
  handlerCount!: number;

  /** Grows by one with every change; the ETag */
  @Integer()
  version!: number;

  @DateTime()
  createdAt!: string;

  @DateTime()
  updatedAt!: string;
}

/** A target as the REST API shows it at a time, which decides about a hold that ends. */
export function targetView(target: TargetEntity, handlerCount: number, now: Date): TargetView {
  return {
    id: target.id,
    ...shownTarget(target),
    hold: holdInForce(target.hold, now),
    handlerCount,
    version: target.version,
    createdAt: target.createdAt.toISOString(),
    updatedAt: target.updatedAt.toISOString(),
  };
}
