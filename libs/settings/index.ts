export type { BrokerSettings } from './broker-settings.ts';
export type { LogLevel } from './common-settings.ts';
export { SettingsError } from './environment.ts';
export type { OidcSettings } from './oidc-settings.ts';
export type { ScriptEnvironment } from './script-environment.ts';
export * from './settings.ts';
export type { Setting, SettingGroup } from './setting.ts';
export { settingGroups } from './setting-groups.ts';
export type { TracingSettings } from './tracing-settings.ts';
