import { blankValues, type HandlerFormValues } from './form-values.ts';

/** What the form of a first handler begins with: a call of a receiver when a client is created. */
export function sampleHandler(url: string): Partial<HandlerFormValues> {
  const { task } = blankValues();
  return {
    name: 'My first handler',
    event: 'clients.create',
    task: { ...task, type: 'http', http: { ...task.http, url } },
  };
}
