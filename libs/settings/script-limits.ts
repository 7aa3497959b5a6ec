import type { EnvironmentReader } from './environment.ts';
import { list, oneOf, parser, wholeNumber } from './parsers.ts';
import { scriptUser } from './script-user.ts';
import { named } from './setting.ts';

/** What one process of a script may take; undefined: what the system lets it. */
export interface ScriptLimits {
  cpuSeconds: number | undefined;
  /** Bytes of address space. */
  memory: number | undefined;
  openFiles: number | undefined;
  /** Processes and threads, of its user in all. */
  processes: number | undefined;
  /** Bytes of any file that it writes. */
  fileSize: number | undefined;
}

/** Only shells replace `~`; we would make a folder of that name out of it. */
const scriptFolder = parser('paths, separated by colons, without ~ for the home folder', (value) =>
  value.startsWith('~') ? undefined : value,
);

export const ofScripts = named({
  SCRIPTS_DIRS: {
    about: 'Folders from which scripts may run.',
    parse: list(':', scriptFolder, 'paths, separated by colons'),
    default: './scripts',
  },
  SCRIPT_USER: {
    about:
      'User that scripts run as. The executor then needs the capabilities SETUID, SETGID and KILL ([how](deployment.md#scripts)).',
    parse: scriptUser(),
    unset: 'the user of the executor',
  },
  SCRIPT_CPU_SECONDS: {
    about: 'Processor time of one script process, in seconds.',
    parse: wholeNumber(1, 86_400),
    unset: 'unlimited',
  },
  SCRIPT_MEMORY_MB: {
    about:
      'Address space of one script process, in MiB. Python needs at least 32, Node over 1024: address space is more than used memory.',
    parse: wholeNumber(16, 1_048_576),
    unset: 'unlimited',
  },
  SCRIPT_OPEN_FILES: { about: 'Open files of one script process.', parse: wholeNumber(16, 1_048_576), default: '1024' },
  SCRIPT_PROCESSES: {
    about: 'Processes and threads of the user in total. Not enforced for root.',
    parse: wholeNumber(1, 1_048_576),
    unset: '512 with `SCRIPT_USER`, else unlimited',
  },
  SCRIPT_FILE_SIZE_MB: {
    about: 'Size of a file that a script writes, in MiB.',
    parse: wholeNumber(1, 1_048_576),
    default: '1024',
  },
  SCRIPT_NEW_PRIVILEGES: {
    about: 'Whether scripts may gain privileges through set-user-id programs, such as `sudo`.',
    parse: oneOf(['refused', 'allowed']),
    default: 'refused',
  },
});

const mebibyte = 1024 * 1024;

/**
 * @param ownUser Whether scripts have a user to themselves. Processes of a user who has others as well are not theirs
 * to count.
 */
export function readScriptLimits(reader: EnvironmentReader, ownUser: boolean): ScriptLimits {
  const memory = reader.read(ofScripts.SCRIPT_MEMORY_MB);
  return {
    cpuSeconds: reader.read(ofScripts.SCRIPT_CPU_SECONDS),
    memory: memory === undefined ? undefined : memory * mebibyte,
    openFiles: reader.read(ofScripts.SCRIPT_OPEN_FILES),
    processes: reader.read(ofScripts.SCRIPT_PROCESSES) ?? (ownUser ? 512 : undefined),
    fileSize: reader.read(ofScripts.SCRIPT_FILE_SIZE_MB) * mebibyte,
  };
}
