import type { AnchorProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { handlerNameQuery } from '../api/handler-names.ts';
import { PageLink } from './links.ts';

/** A handler by its name, where only its id is known. */
export function HandlerLink({ id, underline }: { id: string } & Pick<AnchorProps, 'underline'>) {
  const { data } = useQuery(handlerNameQuery(id));
  return (
    <PageLink to="/handlers/$handlerId" params={{ handlerId: id }} inherit underline={underline} title={id}>
      {data?.name ?? `…${id.slice(-8)}`}
    </PageLink>
  );
}
