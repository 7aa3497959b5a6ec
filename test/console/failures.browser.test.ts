import { describeConsole } from './describe-console.ts';
import { describeBulkActions } from './pages/bulk-actions.ts';
import { describeFailures } from './pages/failures.ts';
import { describeOperations } from './pages/operations.ts';
import { describeRunAgain } from './pages/run-again.ts';

// Without an executor: rows are planted, and operations stay requested.
describeConsole(
  'the pages of failures and operations',
  [describeFailures, describeRunAgain, describeBulkActions, describeOperations],
  false,
);
