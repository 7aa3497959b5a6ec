export interface PageToShow {
  /** Of its pictures. */
  name: string;
  /** With `:id` for what only a running stack knows. */
  path: string;
  /** The list of the API whose first item gives the id. */
  idFrom?: string;
  /** The button that is pressed before. */
  press?: string;
  /** It is in docs/console.md, with a picture of this height in pixels. */
  inDocs?: number;
}

/** The pages that pictures are taken of, in the order of the documentation. */
export const pagesToShow: readonly PageToShow[] = [
  { name: 'overview', path: '/', inDocs: 740 },
  { name: 'handlers', path: '/handlers', inDocs: 560 },
  { name: 'handler-order', path: '/handlers?event=clients.create' },
  { name: 'handler', path: '/handlers/:id', idFrom: '/api/v1/handlers?limit=1' },
  { name: 'targets', path: '/targets' },
  { name: 'target', path: '/targets/:id', idFrom: '/api/v1/targets?limit=1' },
  { name: 'hold-dialog', path: '/targets/:id', idFrom: '/api/v1/targets?limit=1', press: 'Hold…' },
  { name: 'plan', path: '/plan?event=clients.accounts.create', press: 'Show plan', inDocs: 560 },
  { name: 'publish', path: '/publish?event=clients.accounts.create' },
  { name: 'events', path: '/events' },
  { name: 'event', path: '/events/:id', idFrom: '/api/v1/events?status=failed&limit=1', inDocs: 740 },
  { name: 'executions', path: '/executions', inDocs: 560 },
  { name: 'failures', path: '/failures', inDocs: 740 },
  { name: 'failures-settled', path: '/failures?state=settled' },
  { name: 'resume-dialog', path: '/failures', press: 'Resume…' },
  { name: 'waiting', path: '/waiting', inDocs: 560 },
  { name: 'retry-dialog', path: '/waiting', press: 'Retry all that match…' },
  { name: 'operations', path: '/operations', inDocs: 660 },
  { name: 'operation', path: '/operations/:id', idFrom: '/api/v1/operations?limit=1' },
  { name: 'replays', path: '/replays' },
  { name: 'notices', path: '/notices' },
  { name: 'executors', path: '/executors', inDocs: 560 },
  { name: 'rejected', path: '/rejected' },
  { name: 'rejected-message', path: '/rejected/:id', idFrom: '/api/v1/rejected?limit=1' },
  { name: 'api-keys', path: '/api-keys' },
  { name: 'audit', path: '/audit?action=handler.update', inDocs: 560 },
];
