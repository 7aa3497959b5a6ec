import { describeConsole } from './describe-console.ts';
import { describeApiKeys } from './pages/api-keys.ts';
import { describeAudit } from './pages/audit.ts';
import { describeFirstSteps } from './pages/first-steps.ts';
import { describeNotices } from './pages/notices.ts';
import { describeShell } from './pages/shell.ts';
import { describeSignIn } from './pages/sign-in.ts';

describeConsole('the shell of the console, access and audit', [
  describeSignIn,
  describeFirstSteps,
  describeShell,
  describeApiKeys,
  describeAudit,
  describeNotices,
]);
