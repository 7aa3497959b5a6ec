import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Finding {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds in a page: one line for each barrier.
 *
 * The debugger evaluates it, and the page does not load it, so the page's policy stays in force.
 */
export async function stumblingBlocks(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // Colours during a fade do not count.
  await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0)))');
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] });
  const findings = await page.evaluate<Finding[]>(`axe.run(document, ${options}).then(({ violations }) => violations)`);
  return findings
    .filter(({ impact }) => impact !== 'minor')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${target.join(' ')}: ${failureSummary}`),
    );
}
