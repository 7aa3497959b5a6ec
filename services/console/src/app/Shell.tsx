import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { Account } from './Account.tsx';
import { Brand } from './Brand.tsx';
import { Navigation } from './Navigation.tsx';
import classes from './Shell.module.css';

const contentId = 'content';

/** What stands around every page: the way to the others, and who is signed in. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: { base: 52, md: 0 } }}
      navbar={{ width: 208, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={0}
    >
      <a href={`#${contentId}`} className={classes.skip}>
        Skip to content
      </a>
      <AppShell.Header className={classes.header} hiddenFrom="md">
        <Group gap="sm" h="100%" px="md" wrap="nowrap">
          <Burger
            opened={isOpen}
            onClick={toggle}
            size="sm"
            aria-label={isOpen ? 'Close navigation' : 'Open navigation'}
            aria-expanded={isOpen}
          />
          <Brand />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} data-open={isOpen || undefined}>
        <div className={classes.brand}>
          <Brand />
        </div>
        <Navigation onNavigate={close} />
        <Account />
      </AppShell.Navbar>
      <AppShell.Main id={contentId} tabIndex={-1} className={classes.main}>
        <div className={classes.page}>
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
