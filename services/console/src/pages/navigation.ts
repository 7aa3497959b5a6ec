import { HandlersIcon, type Icon } from '../components/icons.tsx';

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
] as const satisfies readonly Section[];
