import type { ApiProblem, ServerAway } from '../api/problem.ts';
import { ProblemAlert } from '../components/ProblemAlert.tsx';
import { useArrival } from '../components/use-arrival.ts';
import classes from '../session/SignInPage.module.css';

interface Props {
  problem: ApiProblem | ServerAway;
  onRetry: () => void;
}

/** When it cannot even be found out who is signed in. */
export function UnreachablePage({ problem, onRetry }: Props) {
  const heading = useArrival('Not reachable');
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          Provisor is not reachable
        </h1>
        <ProblemAlert title="Failed to load the console" problem={problem} onRetry={onRetry} />
      </div>
    </main>
  );
}
