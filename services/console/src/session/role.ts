import type { SessionView } from '#contracts/rest-api';
import { useSession } from './session.ts';

export type Role = SessionView['role'];

/** The least role first, each with what it may do. */
export const roles: Readonly<Record<Role, string>> = {
  viewer: 'reads everything',
  operator: 'also publishes, replays, retries and tests',
  admin: 'also changes handlers and API keys',
};

/** Why the signed-in user may not do what needs this role; undefined when they may. */
export function useRefusal(least: Role): string | undefined {
  const { role } = useSession();
  const order = Object.keys(roles);
  if (order.indexOf(role) >= order.indexOf(least)) return undefined;
  return `This needs the role ${least}. You are signed in as ${role}.`;
}
