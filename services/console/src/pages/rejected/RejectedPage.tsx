import { PageToCome } from '../PageToCome.tsx';

export function RejectedPage() {
  return <PageToCome title="Rejected" />;
}
