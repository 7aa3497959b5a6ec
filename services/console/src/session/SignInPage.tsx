import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { Brand } from '../app/Brand.tsx';
import { useArrival } from '../components/use-arrival.ts';
import { useSignIn } from './session.ts';
import { refusalInWords } from './sign-in-refusal.ts';
import classes from './SignInPage.module.css';

/** Asks for an API key, at whatever address: when it is right, the page of that address comes. */
export function SignInPage() {
  const heading = useArrival('Sign in');
  const signIn = useSignIn();
  const [key, setKey] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (key.trim() !== '') signIn.mutate(key.trim());
  };
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <Brand />
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          Sign in
        </h1>
        <form onSubmit={submit}>
          <Stack gap="md">
            <PasswordInput
              label="API key"
              description="The browser keeps a session of at most twelve hours, and not the key."
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
              autoComplete="current-password"
              spellCheck={false}
              data-autofocus
              size="md"
              visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the key' }}
            />
            {signIn.error && <Alert role="alert" color="red" variant="outline" {...refusalInWords(signIn.error)} />}
            <Button type="submit" size="md" loading={signIn.isPending} fullWidth>
              Sign in
            </Button>
          </Stack>
        </form>
        <details className={classes.help}>
          <summary>Where do I find the first key?</summary>
          <p>
            <code>npm start</code> and <code>npm run demo</code> write it to <code>.provisor/dev.json</code>, as{' '}
            <code>apiKey</code>.
          </p>
          <p>
            Elsewhere it is the value of <code>BOOTSTRAP_API_KEY</code>. Without that setting, the registry prints a key
            once, when it starts with an empty database.
          </p>
          <p>An administrator creates further keys.</p>
        </details>
      </div>
    </main>
  );
}
