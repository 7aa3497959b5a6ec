import { useQuery } from '@tanstack/react-query';
import { targetNameQuery } from '../api/target-names.ts';
import { PageLink } from './links.ts';

/** A target by its name, where only its id is known. */
export function TargetLink({ id }: { id: string }) {
  const { data } = useQuery(targetNameQuery(id));
  return (
    <PageLink to="/targets/$targetId" params={{ targetId: id }} inherit title={id}>
      {data?.name ?? `…${id.slice(-8)}`}
    </PageLink>
  );
}
