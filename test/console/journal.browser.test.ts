import { describeConsole } from './describe-console.ts';
import { describeExecutors } from './pages/executors.ts';
import { describeAccessibility } from './pages/accessible.ts';
import { describeJournal } from './pages/journal.ts';
import { describeOverview } from './pages/overview.ts';
import { describeRejected } from './pages/rejected.ts';
import { describeReplays } from './pages/replays.ts';
import { describeWaiting } from './pages/waiting.ts';

// The last one looks at pages that those before it have filled.
describeConsole('the pages of the journal', [
  describeJournal,
  describeReplays,
  describeWaiting,
  describeOverview,
  describeExecutors,
  describeRejected,
  describeAccessibility,
]);
