import type { CircuitView } from '#contracts/rest-api';
import { HandlerLink } from '../../components/HandlerLink.tsx';
import { TargetLink } from '../../components/TargetLink.tsx';
import { Time } from '../../components/Time.tsx';

/**
 * The handlers and targets that an executor makes nearly no calls of at the moment, since nearly all of them failed.
 */
export function OpenCircuits({ circuits }: { circuits: readonly CircuitView[] }) {
  const open = circuits.filter((circuit) => circuit.open);
  if (open.length === 0) return 'none';
  return (
    <div>
      {open.map(({ handlerId, targetId, openedAt }) => (
        <div key={handlerId ?? targetId}>
          {handlerId !== undefined && <HandlerLink id={handlerId} />}
          {targetId !== undefined && <TargetLink id={targetId} />} since <Time at={openedAt} />
        </div>
      ))}
    </div>
  );
}
