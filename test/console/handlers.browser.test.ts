import { describeConsole } from './describe-console.ts';
import { describeHandler } from './pages/handler.ts';
import { describeHandlerDialog } from './pages/handler-dialog.ts';
import { describeHandlerOrder } from './pages/handler-order.ts';
import { describeHandlers } from './pages/handlers.ts';
import { describePlan } from './pages/plan.ts';

describeConsole('the pages of handlers', [
  describeHandlers,
  describePlan,
  describeHandlerOrder,
  describeHandlerDialog,
  describeHandler,
]);
