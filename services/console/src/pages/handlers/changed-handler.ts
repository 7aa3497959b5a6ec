import type { ChangedHandlerView, HandlerView } from '#contracts/rest-api';
import { notifyWarned } from '../../components/notify.tsx';

/** The handler of an answer to a change. Shows its warnings, which are of that answer only. */
export function withWarningsShown({ warnings, ...handler }: ChangedHandlerView): HandlerView {
  if (warnings) notifyWarned(`${handler.name} has a warning`, warnings);
  return handler;
}
