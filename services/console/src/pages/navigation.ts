import {
  AuditIcon,
  EventsIcon,
  ExecutorsIcon,
  FailuresIcon,
  HandlersIcon,
  KeysIcon,
  LogIcon,
  NoticesIcon,
  OperationsIcon,
  OverviewIcon,
  PlanIcon,
  PublishIcon,
  RejectedIcon,
  ReplaysIcon,
  TargetsIcon,
  WaitingIcon,
  type Icon,
} from '../components/icons.tsx';

interface Entry {
  to: string;
  label: string;
  icon: Icon;
}

interface Section {
  heading: string;
  entries: readonly Entry[];
}

/** The pages of the navigation. */
export const navigation = [
  {
    heading: 'Provisioning',
    entries: [
      { to: '/', label: 'Overview', icon: OverviewIcon },
      { to: '/handlers', label: 'Handlers', icon: HandlersIcon },
      { to: '/targets', label: 'Targets', icon: TargetsIcon },
      { to: '/plan', label: 'Plan', icon: PlanIcon },
      { to: '/publish', label: 'Publish an event', icon: PublishIcon },
    ],
  },
  {
    heading: 'Journal',
    entries: [
      { to: '/events', label: 'Events', icon: EventsIcon },
      { to: '/executions', label: 'Execution log', icon: LogIcon },
      { to: '/failures', label: 'Failures', icon: FailuresIcon },
      { to: '/waiting', label: 'Waiting', icon: WaitingIcon },
      { to: '/operations', label: 'Operations', icon: OperationsIcon },
      { to: '/replays', label: 'Replays', icon: ReplaysIcon },
      { to: '/rejected', label: 'Rejected', icon: RejectedIcon },
    ],
  },
  {
    heading: 'System',
    entries: [
      { to: '/notices', label: 'Notices', icon: NoticesIcon },
      { to: '/executors', label: 'Executors', icon: ExecutorsIcon },
      { to: '/api-keys', label: 'API keys', icon: KeysIcon },
      { to: '/audit', label: 'Audit', icon: AuditIcon },
    ],
  },
] as const satisfies readonly Section[];
