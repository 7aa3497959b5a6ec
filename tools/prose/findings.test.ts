import { describe, expect, it } from '@jest/globals';
import { findingsInMarkdown, findingsInSource } from './findings.ts';

const long = `The executor ${'really '.repeat(29)}waits.`;

describe('findings in a document', () => {
  it.each([
    ['a paragraph', `# Title\n\n${long.replace(' waits', '\nwaits')}`, 3],
    ['an item of a list', `- Short.\n- ${long}`, 2],
    ['a cell of a table', `| a | b |\n| - | - |\n| x | ${long} |`, 3],
  ])('a long sentence in %s, with its line', (_, markdown, line) => {
    expect(findingsInMarkdown(markdown)).toEqual([{ line, message: expect.stringMatching(/^a sentence of 32 words/) }]);
  });

  it.each([
    ['two sentences', `The executor ${'really '.repeat(20)}waits. It ${'really '.repeat(20)}runs.`],
    ['fenced code', `\`\`\`sh\n${long} whoever\n\`\`\``],
    ['a list of code', `These exist: ${'`a`, '.repeat(40)}\`b\`.`],
    ['the target of a link', '[Guide](whoever.md)'],
    ['a comment of HTML', '<!-- whoever -->'],
  ])('none in %s', (_, markdown) => {
    expect(findingsInMarkdown(markdown)).toEqual([]);
  });

  it('a phrase that is split over two lines', () => {
    expect(findingsInMarkdown('It is not so\nmany.')).toEqual([{ line: 1, message: '"so many": the number' }]);
  });
});

describe('findings in a source file', () => {
  it.each([
    ['a.ts', "const url = 'http://a'; // for whoever asks", 1],
    ['a.ts', '/**\n * For\n * whoever.\n */', 1],
    ['a.ts', 'f();\n// For\n// whoever.', 2],
    ['a.py', 'f()  \n# For whoever.', 2],
  ])('a phrase in a comment of %s: %j', (path, source, line) => {
    expect(findingsInSource(path, source)).toEqual([{ line, message: expect.stringMatching(/^"whoever"/) }]);
  });

  it.each([
    ['a string', "const a = 'whoever // whoever';"],
    ['a template', 'const a = `// ${b} whoever`;'],
    ['a regular expression', 'const a = b.replace(/"/, 1); const whoever = /[/*]/;'],
  ])('none in %s', (_, source) => {
    expect(findingsInSource('a.ts', source)).toEqual([]);
  });

  it('a comment beyond 120 columns, and no other line', () => {
    const wide = 'x'.repeat(120);
    const source = `const a = '${wide}';\n// ${wide}\n/*\n * ${wide}\n */`;
    expect(findingsInSource('a.ts', source).map(({ line }) => line)).toEqual([2, 4]);
  });
});
