import { IsIn } from 'class-validator';
import { outcomeKinds, type OutcomeKind, type OutcomeRule } from '#contracts';
import { IfGiven } from '../../http/fields.ts';
import { OneOf } from '../../http/formats.ts';
import { IsAnswerRule } from '../answers/answer-rule.ts';
import { IsRuleReason } from '../answers/rule-reason.ts';

export class OutcomeRuleInput implements OutcomeRule {
  /**
   * In CEL, over `response`, `attempt`, `maybe` and what conditions read
   *
   * @example maybe && response.status == 409
   */
  @IsAnswerRule()
  when!: string;

  @IsIn(outcomeKinds)
  outcome!: OutcomeKind;

  /**
   * A word that stands for it in the journal, in lists of failures and in metrics. Without it: `outcome_rule` for a
   * failure, and none for a success
   *
   * @example already_exists
   */
  @IfGiven()
  @IsRuleReason()
  reason?: string;
}

export class OutcomeRuleView implements OutcomeRule {
  when!: string;

  @OneOf(outcomeKinds)
  outcome!: OutcomeKind;

  reason?: string;
}
