import { PageToCome } from '../PageToCome.tsx';

export function ExecutorsPage() {
  return <PageToCome title="Executors" />;
}
