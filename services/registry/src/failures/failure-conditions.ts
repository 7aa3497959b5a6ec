import { failureConditions } from '#journal';
import { Conditions } from '../journal/conditions.ts';
import type { FailureFilter } from '#contracts';
import type { FailureState } from './dto/failure-query.dto.ts';
import type { FailureSelection } from './failure-filter.ts';

/** The conditions of a filter on rows of `failures`, for failures of a state. */
export function conditionsOf(filter: FailureFilter, state: FailureState): Conditions {
  const conditions = new Conditions();
  for (const each of failureConditions(filter, (value) => conditions.parameter(value))) conditions.require(each);
  // In the words of the indexes.
  return conditions.require(state === 'open' ? 'open' : 'not open');
}

/** The conditions of a selection, whatever the state. */
export function selected(selection: FailureSelection): Conditions {
  const conditions = new Conditions();
  if ('executionIds' in selection) return conditions.add(selection.executionIds, (ids) => `execution_id = any(${ids})`);
  const { filter } = selection;
  for (const each of failureConditions(filter, (value) => conditions.parameter(value))) conditions.require(each);
  return conditions;
}
