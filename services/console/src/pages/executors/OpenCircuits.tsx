import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { CircuitView } from '#contracts/rest-api';
import { PageLink } from '../../components/links.ts';
import { Time } from '../../components/Time.tsx';

/** The handlers that an executor makes nearly no calls of at the moment, since nearly all of them failed. */
export function OpenCircuits({ circuits }: { circuits: readonly CircuitView[] }) {
  const open = circuits.filter((circuit) => circuit.open);
  if (open.length === 0) return 'none';
  return (
    <div>
      {open.map(({ handlerId = '', openedAt }) => (
        <div key={handlerId}>
          <HandlerLink id={handlerId} /> since <Time at={openedAt} />
        </div>
      ))}
    </div>
  );
}

/** By its name as soon as it is known; the executor knows the id alone. */
function HandlerLink({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['handlers', 'one', id, 'name'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/handlers/{id}', { params: { path: { id } }, signal })),
    staleTime: 60_000,
    select: ({ name }) => name,
  });
  return (
    <PageLink to="/handlers/$handlerId" params={{ handlerId: id }} inherit>
      {data ?? `…${id.slice(-8)}`}
    </PageLink>
  );
}
