export type { BrokerSettings } from './broker-settings.ts';
export { SettingsError } from './environment.ts';
export type { OidcSettings } from './oidc-settings.ts';
export type { ScriptEnvironment } from './script-environment.ts';
export * from './settings.ts';
