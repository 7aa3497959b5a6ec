import { PageToCome } from '../PageToCome.tsx';

export function EventsPage() {
  return <PageToCome title="Events" />;
}
