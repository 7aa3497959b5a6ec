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
const scriptFolder = parser('paths, with colons between them; write the home folder out, instead of ~', (value) =>
  value.startsWith('~') ? undefined : value,
);

export const ofScripts = named({
  SCRIPTS_DIRS: {
    about: 'Folders that scripts may be run from.',
    parse: list(':', scriptFolder, 'paths, with colons between them'),
    default: './scripts',
  },
  SCRIPT_USER: {
    about:
      'Who scripts run as. The executor needs the capabilities SETUID, SETGID and KILL for that ([how](deployment.md#scripts)).',
    parse: scriptUser(),
    unset: 'as the executor',
  },
  SCRIPT_CPU_SECONDS: {
    about: 'Processor time of one process.',
    parse: wholeNumber(1, 86_400),
    unset: 'unlimited',
  },
  SCRIPT_MEMORY_MB: {
    about: 'Its address space, MiB. Python needs 32 and more, Node more than 1024: address space is not memory in use.',
    parse: wholeNumber(16, 1_048_576),
    unset: 'unlimited',
  },
  SCRIPT_OPEN_FILES: { about: 'Its open files.', parse: wholeNumber(16, 1_048_576), default: '1024' },
  SCRIPT_PROCESSES: {
    about: 'Processes and threads of the user, in all. Not enforced for root.',
    parse: wholeNumber(1, 1_048_576),
    unset: '512 with `SCRIPT_USER`, else unlimited',
  },
  SCRIPT_FILE_SIZE_MB: {
    about: 'Size of any file that it writes, MiB.',
    parse: wholeNumber(1, 1_048_576),
    default: '1024',
  },
  SCRIPT_NEW_PRIVILEGES: {
    about: '`allowed`: what scripts start may be set-user-id, like `sudo`.',
    parse: oneOf(['refused', 'allowed']),
    default: 'refused',
  },
});

const mebibyte = 1024 * 1024;

/** @param ownUser Whether scripts have a user to themselves. Processes of a user who has others as well are not theirs to count. */
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
