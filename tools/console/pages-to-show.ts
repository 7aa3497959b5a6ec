export interface PageToShow {
  /** Of its pictures. */
  name: string;
  path: string;
}

/** The pages that pictures are taken of, in the order of the documentation. */
export const pagesToShow: readonly PageToShow[] = [
  { name: 'handlers', path: '/handlers' },
  { name: 'events', path: '/events' },
  { name: 'executions', path: '/executions' },
  { name: 'waiting', path: '/waiting' },
  { name: 'replays', path: '/replays' },
];
