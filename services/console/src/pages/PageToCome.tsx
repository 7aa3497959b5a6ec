import { Empty } from '../components/Empty.tsx';
import { PageHeader } from '../components/PageHeader.tsx';

/** In place of a page that is not there yet; no way of the navigation leads to one. */
export function PageToCome({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <Empty title="This page is not there yet">What it will show can be read over the API, see /api/docs.</Empty>
    </>
  );
}
