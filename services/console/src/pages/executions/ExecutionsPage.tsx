import { PageToCome } from '../PageToCome.tsx';

export function ExecutionsPage() {
  return <PageToCome title="Execution log" />;
}
