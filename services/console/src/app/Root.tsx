import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { SignInPage } from '../session/SignInPage.tsx';
import { SessionContext, sessionQuery } from '../session/session.ts';
import { Shell } from './Shell.tsx';
import { UnreachablePage } from './UnreachablePage.tsx';

/** The shell with the page in it for who is signed in, at the same address the sign-in for who is not. */
export function Root() {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  if (session) {
    return (
      <SessionContext value={session}>
        <Shell />
      </SessionContext>
    );
  }
  if (session === null) return <SignInPage />;
  if (error) return <UnreachablePage problem={error} onRetry={() => void refetch()} />;
  return (
    <Center h="100vh">
      <Loader aria-label="Loading" />
    </Center>
  );
}
