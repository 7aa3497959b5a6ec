import { EventsIcon, HandlersIcon, LogIcon, ReplaysIcon, WaitingIcon, type Icon } from '../components/icons.tsx';

interface Entry {
  to: string;
  label: string;
  icon: Icon;
}

interface Section {
  heading: string;
  entries: readonly Entry[];
}

/** What the navigation shows: the pages that there are, in the order in which they are thought of. */
export const navigation = [
  { heading: 'Provisioning', entries: [{ to: '/handlers', label: 'Handlers', icon: HandlersIcon }] },
  {
    heading: 'Journal',
    entries: [
      { to: '/events', label: 'Events', icon: EventsIcon },
      { to: '/executions', label: 'Execution log', icon: LogIcon },
      { to: '/waiting', label: 'Waiting', icon: WaitingIcon },
      { to: '/replays', label: 'Replays', icon: ReplaysIcon },
    ],
  },
] as const satisfies readonly Section[];
