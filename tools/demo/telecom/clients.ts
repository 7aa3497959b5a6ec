import type { CallAnswer } from '../../telecom/sipp.ts';

/** What billing has last said of a client. */
export type Standing = 'unknown' | 'paid' | 'unpaid' | 'deleted';

export interface Client {
  readonly id: number;
  readonly name: string;
  standing: Standing;
  /** What its last call was answered with. */
  answer: CallAnswer | undefined;
}

export const clientIds = [1001, 1002, 1003, 1004, 1005];

const names = ['Acme Telecom', 'Blue Cafe', 'City Taxi', 'Dr. Dent', 'Elm Street 7'];

export function newClients(): Client[] {
  return clientIds.map((id, index) => ({ id, name: names[index]!, standing: 'unknown', answer: undefined }));
}

/** What a call of a client is to be answered with, once Kamailio knows what billing has said. */
export function expectedAnswer(standing: Standing): CallAnswer {
  return standing === 'paid' ? 200 : standing === 'unpaid' ? 402 : 404;
}

/** The standing of a client after an event. */
export function standingAfter(type: string): Standing {
  if (type === 'clients.balance_zero') return 'unpaid';
  return type === 'clients.delete' ? 'deleted' : 'paid';
}
