import { describeConsole } from './describe-console.ts';
import { describeTargets } from './pages/targets.ts';

describeConsole('the pages of targets', [describeTargets]);
