import { PageToCome } from '../PageToCome.tsx';

export function PlanPage() {
  return <PageToCome title="Plan" />;
}
