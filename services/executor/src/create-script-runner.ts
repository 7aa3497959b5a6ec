import type { Logger } from '#observability';
import type { ExecutorSettings } from '#settings';
import { ScriptRunner } from './runners/script/script-runner.ts';

/** What runs scripts, with the user, the limits and the rights that the settings give them. */
export function createScriptRunner(settings: ExecutorSettings, logger: Logger): ScriptRunner {
  return new ScriptRunner({
    folders: settings.scriptsDirs,
    environment: settings.scriptEnvironment,
    account: settings.scriptUser,
    limits: settings.scriptLimits,
    newPrivileges: settings.scriptNewPrivileges,
    warn: (message) => logger.warn(message),
  });
}
