/** The few variables of the executor's own environment that scripts get to see. */
export interface ScriptEnvironment {
  PATH: string;
  LANG: string;
  TZ: string;
  HOME: string;
}

/** Reads them, with what a script can expect of any system where they are unset. */
export function readScriptEnvironment(environment: NodeJS.ProcessEnv): ScriptEnvironment {
  return {
    PATH: environment['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: environment['LANG'] ?? 'C.UTF-8',
    TZ: environment['TZ'] ?? 'UTC',
    HOME: environment['HOME'] ?? '/',
  };
}
