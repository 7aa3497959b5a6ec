// Preloaded into a process whose clock should be wrong: shifts JavaScript's time, and nothing else. CLOCK_SHIFT_MS is
// in milliseconds. The monotonic clock is unaffected, as when an administrator sets the clock of a machine.
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const SystemDate = globalThis.Date;

globalThis.Date = class Date extends SystemDate {
  constructor(...parts) {
    if (parts.length === 0) super(SystemDate.now() + shiftMs);
    else super(...parts);
  }

  static now() {
    return SystemDate.now() + shiftMs;
  }
};
