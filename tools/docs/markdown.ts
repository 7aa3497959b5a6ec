/** Texts of which Markdown is made. How it is laid out is Prettier's business. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cellText).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

/** Text that is not Markdown, and looks the same in it. */
export function plain(text: string): string {
  return text.replaceAll(/[*_<[`]/g, '\\$&');
}

/** Text that is to be seen as it is. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

export function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, undefined, 2)}\n\`\`\``;
}

/** Parts of a page, with an empty line between two of them. */
export function page(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Stands at the top of what is made. */
export const madeNotice = 'Made by `npm run docs` from the code: what is to be different here is changed there.';
