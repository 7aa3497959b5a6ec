import { Empty } from '../components/Empty.tsx';
import { PageButton } from '../components/links.ts';
import { PageHeader } from '../components/PageHeader.tsx';

export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found" />
      <Empty
        title="This address has no page"
        action={
          <PageButton to="/" variant="default" mt="sm">
            Go to Overview
          </PageButton>
        }
      >
        Check the address for missing characters.
      </Empty>
    </>
  );
}
