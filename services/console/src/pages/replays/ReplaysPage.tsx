import { PageToCome } from '../PageToCome.tsx';

export function ReplaysPage() {
  return <PageToCome title="Replays" />;
}
