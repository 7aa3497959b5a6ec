import { PageToCome } from '../PageToCome.tsx';

export function ApiKeysPage() {
  return <PageToCome title="API keys" />;
}
