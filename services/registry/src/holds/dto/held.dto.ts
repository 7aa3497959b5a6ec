import { DateTime, Integer, OneOf, Uuid } from '../../http/formats.ts';
import { holdStates, holdSubjects, type HoldState, type HoldSubject } from '../hold-schedule.ts';
import { HoldWindowView } from './hold-window.dto.ts';

export class HoldSubjectView {
  @OneOf(holdSubjects)
  type!: HoldSubject;

  @Uuid()
  id!: string;

  name!: string;
}

export class HeldEventsView {
  /** Number of keys that wait because of it */
  @Integer()
  keys!: number;

  /** Number of their waiting events */
  @Integer()
  events!: number;
}

/** A period in which a handler or target is not called. */
export class HoldPeriodView {
  subject!: HoldSubjectView;

  @OneOf(holdStates)
  state!: HoldState;

  @DateTime()
  from!: string;

  /** Null: until a person releases it */
  @DateTime()
  until!: string | null;

  /** In the words of who holds it; null for a window */
  reason!: string | null;

  /** Name of the API key or person that holds it; null for a window */
  by!: string | null;

  /** The weekly hours that it belongs to; null for a hold by a person */
  window!: HoldWindowView | null;

  /** What waits because of it now */
  waiting!: HeldEventsView;
}

export class HoldList {
  /** What is held, the longest held first; then what comes within 8 days, the next one first */
  items!: HoldPeriodView[];
}
