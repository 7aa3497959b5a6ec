import { ApiProperty } from '@nestjs/swagger';
import type { CircuitReport } from '#contracts';
import type { ExecutorEntity } from '#database';

export class CircuitView implements CircuitReport {
  @ApiProperty({ format: 'uuid' })
  handlerId!: string;

  @ApiProperty({ description: 'True while nearly no call is made, since nearly all recent ones failed' })
  open!: boolean;

  @ApiProperty({ format: 'date-time', description: 'When it last opened' })
  openedAt!: string;

  @ApiProperty({ type: 'integer', description: 'How often it has opened since the executor started' })
  openings!: number;
}

export class ExecutorView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  host!: string;

  @ApiProperty({ type: 'integer' })
  pid!: number;

  @ApiProperty()
  version!: string;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ format: 'date-time' })
  heartbeatAt!: string;

  @ApiProperty({ type: 'integer', description: 'Revision of the catalog that is in force there' })
  revision!: number;

  @ApiProperty({ description: "True when that is the catalog's newest" })
  upToDate!: boolean;

  @ApiProperty({ type: 'integer', isArray: true, description: 'Numbers of the partitions that it reads' })
  partitions!: number[];

  @ApiProperty({ type: 'integer', description: 'Events that it works on' })
  inFlight!: number;

  @ApiProperty({ type: [CircuitView], description: 'Of handlers whose circuit has ever opened there' })
  circuits!: CircuitView[];
}

export class ExecutorList {
  @ApiProperty({ type: [ExecutorView] })
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
    inFlight: executor.inFlight,
    circuits: executor.circuits.map(circuitView),
  };
}

function circuitView({ handlerId, open, openedAt, openings }: CircuitReport): CircuitView {
  return { handlerId, open, openedAt, openings };
}
