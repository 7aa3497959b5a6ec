import { PageToCome } from '../PageToCome.tsx';

export function HandlerPage() {
  return <PageToCome title="Handler" />;
}
