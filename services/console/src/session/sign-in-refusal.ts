import { ApiProblem, type ServerAway } from '../api/problem.ts';

export interface Refusal {
  title: string;
  children: string;
}

/** Why nobody has been signed in, and what could help. */
export function refusalInWords(problem: ApiProblem | ServerAway): Refusal {
  if (!(problem instanceof ApiProblem)) {
    return { title: 'The registry does not answer', children: 'It may be starting. Try again in a moment.' };
  }
  if (problem.status === 401) {
    return { title: 'This key opens nothing', children: 'It is not known, was revoked, or has expired.' };
  }
  if (problem.status === 429) {
    const wait = problem.retryAfter === undefined ? 'a while' : `${problem.retryAfter} seconds`;
    return { title: 'Too many wrong keys', children: `Too many came from your address. Wait ${wait}, then try again.` };
  }
  if (problem.status === 503) {
    return { title: 'The registry cannot check keys now', children: problem.message };
  }
  return { title: problem.title, children: problem.message };
}
