import { oneOfIn, pageIn, textIn, type Search } from '../../app/search.ts';

export const sorts = ['name', '-name', 'baseUrl', '-baseUrl'] as const;

/** Which targets are listed, as the address has it. */
export interface TargetFilters {
  q?: string;
  sort?: (typeof sorts)[number];
  page?: number;
}

export function targetFilters(search: Search): TargetFilters {
  return { q: textIn(search.q), sort: oneOfIn(sorts, search.sort), page: pageIn(search.page) };
}
