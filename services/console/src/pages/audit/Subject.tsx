import type { AuditEntryView } from '#contracts/rest-api';
import { Clamped } from '../../components/Clamped.tsx';
import { EventName } from '../../components/EventName.tsx';
import { PageLink } from '../../components/links.ts';

/** What something was done to, with the way to it where it has a page. */
export function Subject({ subject: { type, id, name } }: { subject: AuditEntryView['subject'] }) {
  const text = <Clamped text={name ?? (id.length > 24 ? `…${id.slice(-8)}` : id)} />;
  if (type === 'handler') {
    return (
      <PageLink to="/handlers/$handlerId" params={{ handlerId: id }} inherit title={id}>
        {text}
      </PageLink>
    );
  }
  if (type === 'target') {
    return (
      <PageLink to="/targets/$targetId" params={{ targetId: id }} inherit title={id}>
        {text}
      </PageLink>
    );
  }
  if (type === 'event') {
    return (
      <PageLink to="/events/$eventId" params={{ eventId: id }} inherit title={id}>
        {text}
      </PageLink>
    );
  }
  if (type === 'operation') {
    return (
      <PageLink to="/operations/$operationId" params={{ operationId: id }} inherit title={id}>
        {text}
      </PageLink>
    );
  }
  if (type === 'event_type') return <EventName event={id} />;
  return <span title={id}>{text}</span>;
}
