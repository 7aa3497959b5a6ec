import { settingGroups, type Setting, type SettingGroup } from '#settings';
import { code, madeNotice, page, plain, table } from './markdown.ts';

const intro = `Settings are read once from the environment, before anything connects. One that does not fit ends the service with code 78, and is
named with what it should be; its value is not repeated. One that is empty counts as unset.

🔑 marks those whose values give access to something. Passwords and certificates of the broker can be files, which are read for every new
connection. \`npm start\` and \`npm run demo\` set what has to be set by themselves.`;

const passedOn =
  'Beside these, scripts get `PATH`, `LANG`, `TZ` and `HOME` of the executor ([messages](messages.md#scripts)), and Node reads its own, such as `NODE_OPTIONS`.';

const readBy = { both: 'the registry and executors', registry: 'the registry', executor: 'executors' };

/** docs/configuration.md: every setting of the services. */
export function configuration(): string {
  return page('# Configuration', madeNotice, intro, ...settingGroups.map(section), passedOn);
}

function section({ title, readBy: reader, settings }: SettingGroup): string {
  return page(
    `## ${title}`,
    `Read by ${readBy[reader]}.`,
    table(['setting', 'what it may be', 'where it is unset', 'what it says'], settings.map(row)),
  );
}

function row(setting: Setting): string[] {
  const name = code(setting.name) + (setting.secret ? ' 🔑' : '');
  return [name, plain(setting.parse.what), whenUnset(setting), setting.about];
}

function whenUnset({ default: fallback, unset, example }: Setting): string {
  if (fallback !== undefined) return code(fallback);
  return unset ?? `must be set: ${code(example!)}`;
}
