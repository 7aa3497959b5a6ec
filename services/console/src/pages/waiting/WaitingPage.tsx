import { PageToCome } from '../PageToCome.tsx';

export function WaitingPage() {
  return <PageToCome title="Waiting" />;
}
