// Preloaded into a process whose clock is to be wrong: shifts what JavaScript takes for the time, and nothing else. CLOCK_SHIFT_MS is in
// milliseconds. The monotonic clock goes on as it does, as where somebody sets the clock of a machine.
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
