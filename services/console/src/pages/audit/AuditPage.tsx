import { PageToCome } from '../PageToCome.tsx';

export function AuditPage() {
  return <PageToCome title="Audit" />;
}
