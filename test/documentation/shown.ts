/** Read-only commands: they are repeated until they show the expected output, because people are slower than a test. */
const looks = /^(provisor|npm run -s provisor --) (events (list|show)|logs|deferrals$|handlers (list|get)|executors)/;

/** Whether a block does nothing but look. */
export function onlyLooks(script: string): boolean {
  return script.split('\n').every((line) => looks.test(line));
}

/**
 * Whether a program has printed what a document shows. `…` stands for anything within a line, on a line of its own for
 * any lines; how wide a space is does not count.
 */
export function isAsShown(shown: string, printed: string): boolean {
  const pattern = tidy(shown)
    .map((line) => (line === '…' ? '(?:[^\n]*\n)*?' : `${line.split('…').map(literally).join('[^\n]*')}\n`))
    .join('');
  return new RegExp(`^${pattern}$`, 'u').test(`${tidy(printed).join('\n')}\n`);
}

function tidy(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().replaceAll(/[ \t]+/g, ' '));
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
