import { Empty } from '../components/Empty.tsx';
import { PageButton } from '../components/links.ts';
import { PageHeader } from '../components/PageHeader.tsx';

export function NotFoundPage() {
  return (
    <>
      <PageHeader title="There is no such page" />
      <Empty
        title="Nothing is at this address"
        action={
          <PageButton to="/" variant="default" mt="sm">
            To the first page
          </PageButton>
        }
      >
        It may have moved, or the address may have lost a part.
      </Empty>
    </>
  );
}
