import { PageToCome } from '../PageToCome.tsx';

export function EventPage() {
  return <PageToCome title="Event" />;
}
