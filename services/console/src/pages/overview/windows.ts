import type { OverviewView } from '#contracts/rest-api';

export type WindowName = OverviewView['window'];

/** What the figures are of: the last hour by minutes, or the last day by hours. */
export const windows = ['hour', 'day'] as const satisfies readonly WindowName[];
