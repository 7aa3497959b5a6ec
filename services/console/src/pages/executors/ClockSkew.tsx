import { Text } from '@mantine/core';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { isNotable, skewInWords } from './clock-skew.ts';

/** Whether the clock of an executor's machine agrees with the database's; if not, by how much. */
export function ClockSkew({ skewMs }: { skewMs: number }) {
  if (!isNotable(skewMs)) return 'in sync';
  return (
    <div>
      <StatusBadge status="wrong" />
      <Text size="xs" c="dimmed">
        {skewInWords(skewMs)}
      </Text>
    </div>
  );
}
