import { constants } from 'node:fs';
import { access, open, readdir, stat } from 'node:fs/promises';
import { endianness } from 'node:os';
import path from 'node:path';

/** The system reads this much of a file to find out how it is run; a `#!` line that is longer is cut. */
const headBytes = 256;
/** Interpreters may be scripts themselves, to this depth. */
const mostInterpreters = 4;

const elfMagic = Buffer.from('\u007fELF', 'latin1');
const byteOrderMarks = ['efbbbf', 'feff', 'fffe'].map((hex) => Buffer.from(hex, 'hex'));

/**
 * What keeps the system from running a file, and what to do about it; undefined when nothing is found. Looked at are
 * its first line and the interpreters that it names, or the machine that a program is for.
 *
 * @param searched Where `env` looks for programs: the `PATH` that scripts have.
 * @throws An error of the system that says nothing of the file, like EIO.
 */
export async function whyNotRunnable(file: string, searched: string): Promise<string | undefined> {
  return faultOf(file, searched, 0);
}

async function faultOf(file: string, searched: string, depth: number): Promise<string | undefined> {
  const head = await headOf(file);
  if (head === undefined) return 'cannot be read; chmod +r it';
  if (head.length === 0) return 'is empty; write the script into it';
  if (head.subarray(0, 4).equals(elfMagic)) return programFault(head);
  if (byteOrderMarks.some((mark) => head.subarray(0, mark.length).equals(mark))) {
    return 'begins with a byte order mark; save it as UTF-8 without one';
  }
  if (head.toString('latin1', 0, 2) !== '#!') return formatFault(head);
  return firstLineFault(head, searched, depth);
}

async function firstLineFault(head: Buffer, searched: string, depth: number): Promise<string | undefined> {
  const end = head.indexOf('\n');
  if (end === -1 && head.length === headBytes)
    return `has a first line of more than ${headBytes - 1} bytes; shorten it`;
  const line = head.toString('utf8', 2, end === -1 ? head.length : end);
  if (line.includes('\r')) return 'has CRLF line breaks; save it with LF, for example by dos2unix';
  const [, interpreter = '', argument = ''] = /^[ \t]*([^ \t\0]*)[ \t]*(.*?)[ \t]*$/s.exec(line) ?? [];
  if (interpreter === '') return 'names no interpreter after #!; write one like #!/bin/sh';
  if (!path.isAbsolute(interpreter)) {
    return `names its interpreter ${interpreter} without a folder; write #!/usr/bin/env ${interpreter}`;
  }
  const fault = await interpreterFault(interpreter, searched, depth);
  if (fault !== undefined) return fault;
  return path.basename(interpreter) === 'env' ? envFault(argument, searched, depth) : undefined;
}

async function interpreterFault(file: string, searched: string, depth: number): Promise<string | undefined> {
  const named = `names the interpreter ${file}, which`;
  const what = await executable(file);
  if (what !== undefined) return `${named} ${what}; install it or correct the first line`;
  if (depth === mostInterpreters) return `${named} is a script of a script and so on; name a program`;
  const fault = await faultOf(file, searched, depth + 1);
  // A program need not be readable.
  return fault === undefined || fault.startsWith('cannot be read') ? undefined : `${named} ${fault}`;
}

/** `env` gets all of the line as one argument, unless that begins with -S. */
async function envFault(argument: string, searched: string, depth: number): Promise<string | undefined> {
  const split = /^(?:-[a-zA-Z]*S|--split-string[= ])\s*(.*)$/s.exec(argument);
  if (!split && /\s/.test(argument)) return `gives env more than one word; write #!/usr/bin/env -S ${argument}`;
  const words = (split?.[1] ?? argument).split(/\s+/).filter((word) => word !== '');
  const program = words.find((word) => !word.startsWith('-') && !word.includes('='));
  // Quotes, variables and options with values are for env to understand.
  if (program === undefined || words[0] !== program || /["'\\$]/.test(program)) return undefined;
  if (program.includes('/')) return interpreterFault(program, searched, depth);
  for (const folder of searched.split(':')) {
    if ((await executable(path.join(folder, program))) === undefined) return undefined;
  }
  return `names the interpreter ${program}, which is in no folder of PATH (${searched}); install it`;
}

/** Why a file cannot be executed, by its kind and permissions. */
async function executable(file: string): Promise<string | undefined> {
  try {
    if (!(await stat(file)).isFile()) return 'is not a file';
    await access(file, constants.X_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') return 'does not exist';
    if (code === 'EACCES' || code === 'EPERM') return 'is not executable';
    throw error;
  }
}

/** Machines of programs, `EM_…`. Those of the first are run by the second as well. */
const machines: Partial<Record<NodeJS.Architecture, readonly number[]>> = {
  x64: [62, 3],
  ia32: [3],
  arm64: [183, 40],
  arm: [40],
  ppc64: [21],
  s390x: [22],
  riscv64: [243],
  loong64: [258],
  mips: [8],
  mipsel: [8],
};
const machineNames: Readonly<Record<number, string>> = {
  3: 'x86',
  8: 'MIPS',
  21: 'PowerPC',
  22: 'IBM Z',
  40: 'ARM',
  62: 'x86-64',
  183: 'ARM64',
  243: 'RISC-V',
  258: 'LoongArch',
};
const executableTypes = [2, 3];
const smallestProgram = 52;

async function programFault(head: Buffer): Promise<string | undefined> {
  if (head.length < smallestProgram) return 'is a program that is cut off; copy it again';
  const isLittle = head[5] === 1;
  const type = isLittle ? head.readUInt16LE(16) : head.readUInt16BE(16);
  const machine = isLittle ? head.readUInt16LE(18) : head.readUInt16BE(18);
  if (!executableTypes.includes(type)) return 'is a part of a program, and no program; link it';
  const own = machines[process.arch];
  const isOwn = own === undefined || (own.includes(machine) && isLittle === (endianness() === 'LE'));
  if (isOwn || (await hasOtherFormats())) return undefined;
  const other = machineNames[machine] ?? `number ${machine}`;
  return `is a program for another machine (${other}, and this is ${process.arch}); build it for this one`;
}

/** What is neither a program nor begins with `#!`. */
async function formatFault(head: Buffer): Promise<string | undefined> {
  if (await hasOtherFormats()) return undefined;
  return head.includes(0)
    ? 'is no program and no script, but other data; check what was copied'
    : 'has no #! line; begin it with one like #!/bin/sh';
}

/** Whether further formats are registered (binfmt_misc): then only the system knows what it can run. */
async function hasOtherFormats(): Promise<boolean> {
  try {
    const entries = await readdir('/proc/sys/fs/binfmt_misc');
    return entries.some((entry) => entry !== 'register' && entry !== 'status');
  } catch {
    return false;
  }
}

/** The beginning of a file; undefined where that may not be read. */
async function headOf(file: string): Promise<Buffer | undefined> {
  let opened;
  try {
    opened = await open(file, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') return undefined;
    throw error;
  }
  try {
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await opened.close();
  }
}
