import { InitialSchema1795000000000 } from './migrations/1795000000000-initial-schema.ts';
import { SlowLane1795100000000 } from './migrations/1795100000000-slow-lane.ts';
import { Access1795200000000 } from './migrations/1795200000000-access.ts';
import { JournalDays1795300000000 } from './migrations/1795300000000-journal-days.ts';
import { HandlerSecrets1795400000000 } from './migrations/1795400000000-handler-secrets.ts';
import { SigningSecrets1795500000000 } from './migrations/1795500000000-signing-secrets.ts';
import { JournalFigures1795600000000 } from './migrations/1795600000000-journal-figures.ts';
import { HandlerRevisions1795650000000 } from './migrations/1795650000000-handler-revisions.ts';
import { EventFormat1795700000000 } from './migrations/1795700000000-event-format.ts';
import { EventTraces1795800000000 } from './migrations/1795800000000-event-traces.ts';

/** Every migration, oldest first. */
export const migrations = [
  InitialSchema1795000000000,
  SlowLane1795100000000,
  Access1795200000000,
  JournalDays1795300000000,
  HandlerSecrets1795400000000,
  SigningSecrets1795500000000,
  JournalFigures1795600000000,
  HandlerRevisions1795650000000,
  EventFormat1795700000000,
  EventTraces1795800000000,
];

/** Name of the newest migration: whoever finds it done can work with the schema. */
export const schemaVersion = migrations.at(-1)!.name;
