/** `4.2 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** `12,345`. */
export function count(number: number): string {
  return number.toLocaleString('en');
}

/** `04:12`, minutes and seconds. */
export function clock(milliseconds: number): string {
  const passed = Math.floor(milliseconds / 1_000);
  return [Math.floor(passed / 60), passed % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
