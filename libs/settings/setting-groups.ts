import { ofBroker } from './broker-settings.ts';
import { common } from './common-settings.ts';
import { ofExecutor } from './executor-settings.ts';
import { ofProvider } from './oidc-settings.ts';
import { ofRegistry } from './registry-settings.ts';
import { ofScripts } from './script-limits.ts';
import type { SettingGroup } from './setting.ts';
import { ofTraces } from './tracing-settings.ts';

/** Every setting there is, in the order in which people read of them. */
export const settingGroups: readonly SettingGroup[] = [
  { title: 'Both services', readBy: 'both', settings: Object.values(common) },
  { title: 'RabbitMQ', readBy: 'both', settings: Object.values(ofBroker) },
  { title: 'The registry', readBy: 'registry', settings: Object.values(ofRegistry) },
  { title: 'An identity provider', readBy: 'registry', settings: Object.values(ofProvider) },
  { title: 'Executors', readBy: 'executor', settings: Object.values(ofExecutor) },
  { title: 'Scripts', readBy: 'executor', settings: Object.values(ofScripts) },
  { title: 'Traces', readBy: 'both', settings: Object.values(ofTraces) },
];
