const perLine = 16;

/** What would act on the text around it instead of being seen: controls, and what turns the direction of writing. */
const unseen = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const kept = new Set(['\n', '\t']);

/** The bytes of a base64 text. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A text from somewhere, in which everything can be seen: `‹U+202E›` for what would otherwise only have an effect. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) =>
    kept.has(character) ? character : `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`,
  );
}

/** Bytes as people read them: place, 16 in hexadecimal, and what of them is ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += perLine) {
    const part = [...bytes.subarray(start, start + perLine)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0'));
    const halves = [hex.slice(0, perLine / 2).join(' '), hex.slice(perLine / 2).join(' ')].join('  ');
    const ascii = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${start.toString(16).padStart(8, '0')}  ${halves.padEnd(perLine * 3, ' ')}  ${ascii}`);
  }
  return lines.join('\n');
}

/** An amount of bytes, in the unit that says it shortest. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 102.4) / 10} KiB`;
  return `${Math.round(bytes / 104_857.6) / 10} MiB`;
}
