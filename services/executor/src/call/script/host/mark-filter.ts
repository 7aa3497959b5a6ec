/**
 * A filter of system calls (seccomp) that keeps a process and its descendants from changing the limit that they are
 * known by. Filters are inherited and cannot be taken off, not even by root.
 */

/** `RLIMIT_RTTIME`. */
export const markResource = 15;

/** Numbers of the system calls that set limits, in one of the ways in which a processor can call the system. */
interface Calls {
  /** `AUDIT_ARCH_…`. */
  readonly arch: number;
  readonly prlimit64: readonly number[];
  readonly setrlimit: readonly number[];
}

const x32 = 0x40000000;
const calls: Partial<Record<NodeJS.Architecture, readonly Calls[]>> = {
  x64: [
    { arch: 0xc000003e, prlimit64: [302, x32 + 302], setrlimit: [160, x32 + 160] },
    { arch: 0x40000003, prlimit64: [340], setrlimit: [75] },
  ],
  arm64: [
    { arch: 0xc00000b7, prlimit64: [261], setrlimit: [164] },
    { arch: 0x40000028, prlimit64: [369], setrlimit: [75] },
  ],
};

/** Places in `struct seccomp_data`: the lower half of a value comes first. */
const at = { number: 0, arch: 4, first: 16, second: 24, third: 32, thirdUpper: 36 };
const load = 0x20;
const jumpIfEqual = 0x15;
const returns = 0x06;
const allow = 0x7fff0000;
/** `SECCOMP_RET_ERRNO` with `EPERM`. */
const refuse = 0x00050001;

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];

/** The instructions for `seccomp(2)`; undefined for a processor that they are not known of. */
export function markFilter(arch: NodeJS.Architecture = process.arch): Buffer | undefined {
  const ways = calls[arch];
  return ways && encode([[load, 0, 0, at.arch], ...ways.flatMap(wayIn), [returns, 0, 0, allow]]);
}

/** Decides all calls that are made this way, and lets those of another way go on to what follows. */
function wayIn({ arch, prlimit64, setrlimit }: Calls): Instruction[] {
  const body: Instruction[] = [
    [load, 0, 0, at.number],
    ...prlimit64.flatMap((number) => whenCalled(number, setsByPrlimit)),
    ...setrlimit.flatMap((number) => whenCalled(number, setsBySetrlimit)),
    [returns, 0, 0, allow],
  ];
  return [[jumpIfEqual, 0, body.length, arch], ...body];
}

function whenCalled(number: number, then: readonly Instruction[]): Instruction[] {
  return [[jumpIfEqual, 0, then.length, number], ...then];
}

/** `prlimit` sets a limit when its third argument is not null, and only reads it otherwise. */
const setsByPrlimit: readonly Instruction[] = [
  [load, 0, 0, at.second],
  [jumpIfEqual, 1, 0, markResource],
  [returns, 0, 0, allow],
  [load, 0, 0, at.third],
  [jumpIfEqual, 0, 2, 0],
  [load, 0, 0, at.thirdUpper],
  [jumpIfEqual, 1, 0, 0],
  [returns, 0, 0, refuse],
  [returns, 0, 0, allow],
];

const setsBySetrlimit: readonly Instruction[] = [
  [load, 0, 0, at.first],
  [jumpIfEqual, 0, 1, markResource],
  [returns, 0, 0, refuse],
  [returns, 0, 0, allow],
];

/** `struct sock_filter`. */
function encode(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8);
  for (const [index, [code, ifTrue, ifFalse, value]] of instructions.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifTrue, index * 8 + 2);
    bytes.writeUInt8(ifFalse, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  }
  return bytes;
}
