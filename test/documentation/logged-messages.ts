import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A call that writes a warning or an error. */
export interface LoggedMessage {
  /** Path below the root. */
  readonly file: string;
  readonly line: number;
  /** What people may look for: the words that are the same each time, parted at colons and semicolons. */
  readonly words: readonly string[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Those of loggers, those that hand a message to one, and what writes a last word to standard error. */
const speakers = new Set(['warn', '#warn', 'error', 'fatal', '#tell']);
const logs = /log|warn|#tell/i;
/** Methods of this name that have no words to say do something else. */
const maySpeak = '#tell';

/** Finds all warnings and errors that the code of services and libs logs. */
export async function loggedMessages(): Promise<LoggedMessage[]> {
  const found: LoggedMessage[] = [];
  for await (const file of glob('{services/{executor,registry}/src,libs}/**/*.ts', { cwd: root })) {
    if (/\.test\.ts$|\/testing\/|\.d\.ts$/.test(file)) continue;
    const source = ts.createSourceFile(file, await readFile(`${root}/${file}`, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && speaks(node)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        const words = wordsIn(node);
        if (words.length > 0 || !node.expression.getText().endsWith(maySpeak))
          found.push({ file, line: line + 1, words });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function speaks({ expression }: ts.CallExpression): boolean {
  if (ts.isIdentifier(expression)) return expression.text === 'warn';
  if (!ts.isPropertyAccessExpression(expression)) return false;
  return speakers.has(expression.name.text) && logs.test(expression.getText());
}

function wordsIn(call: ts.CallExpression): string[] {
  const stretches = call.arguments.flatMap(fixedTexts).flatMap((text) => text.split(/[:;]/));
  return stretches.map((stretch) => stretch.trim()).filter((stretch) => /\w/.test(stretch));
}

/** The stretches of a message that are the same each time. */
function fixedTexts(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  if (!ts.isBinaryExpression(node)) return [];
  const [left, right] = [fixedTexts(node.left), fixedTexts(node.right)];
  return left.length === 1 && right.length === 1 ? [left[0]! + right[0]!] : [...left, ...right];
}
