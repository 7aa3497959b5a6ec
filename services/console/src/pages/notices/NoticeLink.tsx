import { Anchor } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

/**
 * The link of a notice. It is written for people elsewhere, and may begin with an address; here its path is enough, and
 * the page is not loaded again.
 */
export function NoticeLink({ link, children }: { link: string; children: ReactNode }) {
  const router = useRouter();
  const { pathname, search } = new URL(link, window.location.origin);
  const path = `${pathname}${search}`;
  const go = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    router.history.push(path);
  };
  return (
    <Anchor href={path} onClick={go} inherit>
      {children}
    </Anchor>
  );
}
