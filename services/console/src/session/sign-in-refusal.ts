import { ApiProblem, type ServerAway } from '../api/problem.ts';

export interface Refusal {
  title: string;
  children: string;
}

/** Why the sign-in failed, and what to do. */
export function refusalInWords(problem: ApiProblem | ServerAway): Refusal {
  if (!(problem instanceof ApiProblem)) {
    return { title: 'The registry does not answer', children: 'It may be starting. Try again in a moment.' };
  }
  if (problem.status === 401) {
    return { title: 'Invalid API key', children: 'The key is unknown, revoked or expired.' };
  }
  if (problem.status === 429) {
    const wait = problem.retryAfter === undefined ? 'a few minutes' : `${problem.retryAfter} seconds`;
    return {
      title: 'Too many attempts',
      children: `Too many invalid keys came from your address. Try again in ${wait}.`,
    };
  }
  if (problem.status === 503) {
    return { title: 'The registry cannot check keys at the moment', children: problem.message };
  }
  return { title: problem.title, children: problem.message };
}
