import { afterAll, beforeAll, describe } from '@jest/globals';
import { findChromium } from '../../tools/browser/chromium.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { describeApiKeys } from './pages/api-keys.ts';
import { describeAudit } from './pages/audit.ts';
import { describeExecutors } from './pages/executors.ts';
import { describePagesForEverybody } from './pages/for-everybody.ts';
import { describeHandler } from './pages/handler.ts';
import { describeHandlerDialog } from './pages/handler-dialog.ts';
import { describeHandlers } from './pages/handlers.ts';
import { describeJournal } from './pages/journal.ts';
import { describeOverview } from './pages/overview.ts';
import { describePlan } from './pages/plan.ts';
import { describeRejected } from './pages/rejected.ts';
import { describeShell } from './pages/shell.ts';
import { describeSignIn } from './pages/sign-in.ts';
import { Site } from './site.ts';

const chromium = await findChromium((line) => process.stderr.write(`${line}\n`));

/** All in one file, since each file would need an installation of its own. The pages' tests are beside it, a file for each. */
onlyWhere(
  describe,
  chromium !== undefined,
  'Chromium',
)('the console', () => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.start(chromium!);
  }, 120_000);
  afterAll(async () => site.stop(), 60_000);

  describeSignIn(() => site);
  describeShell(() => site);
  describeHandlers(() => site);
  describeJournal(() => site);
  describeOverview(() => site);
  describeExecutors(() => site);
  describePlan(() => site);
  describeRejected(() => site);
  describeApiKeys(() => site);
  describeAudit(() => site);
  describePagesForEverybody(() => site);
  describeHandlerDialog(() => site);
  describeHandler(() => site);
});
