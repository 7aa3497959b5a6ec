import type { ExecutionView } from '#sdk';
import { statusStyle } from '../events/status-style.ts';
import { duration, moment } from '../output/moments.ts';
import type { Output } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

const statusWidth = 'succeeded'.length;
const mostOfResponse = 120;

/** An execution on one line: time, status, event, handler, duration, response. */
export function logLine(execution: ExecutionView, output: Output): string {
  const { date, status, event, objectId, handlerName, handlerId, durationMs, attempts, reason, response } = execution;
  const style = statusStyle(status);
  const padded = status.padEnd(statusWidth);
  const times = attempts > 1 ? [`attempt ${attempts}`] : [];
  const marks = [...(execution.test ? ['test'] : []), ...(execution.replayId === null ? [] : ['replay'])];
  const answer = Array.from(plainLine(response)).slice(0, mostOfResponse).join('');
  const rest = [duration(durationMs), ...times, ...marks, reason ?? '', answer].filter((part) => part !== '');
  return [
    moment(date),
    style === undefined ? padded : output.styled(style, padded),
    plainLine(`${event} ${objectId}`),
    plainLine(handlerName ?? handlerId),
    ...rest,
  ].join('  ');
}
