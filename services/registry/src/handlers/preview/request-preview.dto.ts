import { ApiProperty } from '@nestjs/swagger';
import { AnyObject } from '../../http/formats.ts';
import { FieldErrorView } from '../../http/problem.dto.ts';

/** How a script is run. */
export class ScriptRunView {
  path!: string;

  args!: string[];

  /** What it reads: on stdin, or as a part of a line */
  input!: string;
}

/** An e-mail as it would be sent. */
export class EmailPreviewView {
  to!: string[];

  cc!: string[];

  subject!: string;

  text!: string;
}

/** A request as it would be sent: of an HTTP task its four parts, of a script how it is run, or an e-mail. */
export class RequestView {
  method?: string;

  url?: string;

  /** The value of a secret one is `***` */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  headers?: Record<string, string>;

  body?: string;

  script?: ScriptRunView;

  email?: EmailPreviewView;
}

/** What a rule would make of an answer. */
export class JudgementView {
  /** Number of the rule that decides, from 0; null: none does, so that the usual rules decide */
  @ApiProperty({ type: 'integer' })
  rule!: number | null;

  /** What is kept of the answer if it is a success, by name; null: nothing */
  @AnyObject({ nullable: true })
  kept!: unknown;

  /** Expressions without a value, each of which counts as false or is left out */
  faults!: FieldErrorView[];
}

export class RequestPreviewView {
  /** Null: it cannot be made */
  request!: RequestView | null;

  /** Why it cannot be made, and by which field */
  fault!: FieldErrorView | null;
}

export class DraftPreviewView extends RequestPreviewView {
  /** What the rules make of the answer that was given; absent without one */
  judgement?: JudgementView;
}
