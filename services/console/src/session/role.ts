import type { SessionView } from '#contracts/rest-api';
import { useSession } from './session.ts';

export type Role = SessionView['role'];

/** The least first, each with what it may do in words. */
export const roles: Readonly<Record<Role, string>> = {
  viewer: 'reads',
  operator: 'reads, replays, retries and tests',
  admin: 'does everything',
};

/** Why whoever is signed in may not do what takes this role; undefined when they may. */
export function useRefusal(least: Role): string | undefined {
  const { role } = useSession();
  const order = Object.keys(roles);
  if (order.indexOf(role) >= order.indexOf(least)) return undefined;
  return `This takes the role ${least}; you are signed in as ${role}.`;
}
