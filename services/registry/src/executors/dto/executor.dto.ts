import { ApiProperty } from '@nestjs/swagger';
import type { CircuitReport } from '#contracts';
import type { ExecutorEntity } from '#orm';
import { DateTime, Integer, Uuid } from '../../http/formats.ts';

export class CircuitView implements CircuitReport {
  /** The handler whose calls it counts; absent where it counts those of a target */
  @Uuid()
  handlerId?: string;

  /** The target whose calls it counts */
  @Uuid()
  targetId?: string;

  /** True while the circuit breaker is open: nearly all recent calls failed, so few are made */
  open!: boolean;

  /** When it last opened */
  @DateTime()
  openedAt!: string;

  /** How often it has opened since the executor started */
  @Integer()
  openings!: number;
}

export class ExecutorView {
  @Uuid()
  id!: string;

  host!: string;

  @Integer()
  pid!: number;

  version!: string;

  @DateTime()
  startedAt!: string;

  @DateTime()
  heartbeatAt!: string;

  /** Revision of the executor's current catalog */
  @Integer()
  revision!: number;

  /** True for the newest revision of the catalog */
  upToDate!: boolean;

  /** Numbers of the partitions that it consumes */
  @ApiProperty({ type: 'integer', isArray: true })
  partitions!: number[];

  /** True while it is the only executor and dispatches every event directly from the intake, without partitions */
  direct!: boolean;

  /** True while it drains: it accepts no new events and finishes those in flight */
  draining!: boolean;

  /** Events in flight */
  @Integer()
  inFlight!: number;

  /**
   * How far its machine's clock is ahead of the database's, in milliseconds; negative: behind. Times are corrected for
   * it
   */
  @Integer()
  clockSkewMs!: number;

  /** Of handlers whose circuit has ever opened there */
  circuits!: CircuitView[];
}

export class ExecutorList {
  items!: ExecutorView[];
}

export function executorView(executor: ExecutorEntity, newestRevision: number, partitions: number[]): ExecutorView {
  return {
    id: executor.id,
    host: executor.host,
    pid: executor.pid,
    version: executor.version,
    startedAt: executor.startedAt.toISOString(),
    heartbeatAt: executor.heartbeatAt.toISOString(),
    revision: executor.revision,
    upToDate: executor.revision >= newestRevision,
    partitions,
    direct: executor.direct,
    draining: executor.draining,
    inFlight: executor.inFlight,
    clockSkewMs: Math.round(executor.clockSkewMs),
    circuits: executor.circuits.map(circuitView),
  };
}

function circuitView({ handlerId, targetId, open, openedAt, openings }: CircuitReport): CircuitView {
  return {
    ...(handlerId !== undefined && { handlerId }),
    ...(targetId !== undefined && { targetId }),
    open,
    openedAt,
    openings,
  };
}
