import { oneOfIn, textIn, type Search } from '../../app/search.ts';

export const tabs = ['settings', 'log', 'audit', 'test'] as const;

/** The tab and page, as the address has them. */
export interface HandlerAddress {
  /** Without it the settings. */
  tab?: (typeof tabs)[number];
  /** Where the page of the log or of the audit begins. */
  cursor?: string;
}

export function handlerAddress(search: Search): HandlerAddress {
  return { tab: oneOfIn(tabs, search.tab), cursor: textIn(search.cursor) };
}
