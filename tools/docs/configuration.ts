import { settingGroups, type Setting, type SettingGroup } from '#settings';
import { code, madeNotice, page, plain, table } from './markdown.ts';

const intro = `Settings are read once from the environment, before anything connects. If one is invalid, the service names
it, its value and what it should be, and exits with code 78. Values that may be secrets are not shown. An empty setting counts as unset.

🔑 marks secrets. Passwords and certificates of RabbitMQ can be files, which are read for every new connection.
\`npm start\` and \`npm run demo\` set the required settings themselves.`;

const passedOn =
  'Scripts also receive `PATH`, `LANG`, `TZ` and `HOME` of the executor ([scripts](handlers.md#environment)). Node reads its own settings, such as `NODE_OPTIONS`.';

const readBy = { both: 'the registry and executors', registry: 'the registry', executor: 'executors' };

/** docs/configuration.md: every setting of the services. */
export function configuration(): string {
  return page('# Configuration', madeNotice, intro, ...settingGroups.map(section), passedOn);
}

function section({ title, readBy: reader, settings }: SettingGroup): string {
  return page(
    `## ${title}`,
    `Read by ${readBy[reader]}.`,
    table(['setting', 'value', 'default', 'meaning'], settings.map(row)),
  );
}

function row(setting: Setting): string[] {
  const name = code(setting.name) + (setting.secret ? ' 🔑' : '');
  return [name, plain(setting.parse.what), whenUnset(setting), setting.about];
}

function whenUnset({ default: fallback, unset, example }: Setting): string {
  if (fallback !== undefined) return code(fallback);
  return unset ?? `required, such as ${code(example!)}`;
}
