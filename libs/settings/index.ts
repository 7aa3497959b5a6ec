export { SettingsError } from './environment.ts';
export type { ScriptEnvironment } from './script-environment.ts';
export * from './settings.ts';
