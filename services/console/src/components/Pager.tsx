import { Button, Group, Text } from '@mantine/core';

interface Props {
  page: number;
  limit: number;
  total: number;
  onPage: (page: number) => void;
}

const inWords = new Intl.NumberFormat('en');

/** Moves through a list of which it is known how long it is. */
export function Pager({ page, limit, total, onPage }: Props) {
  const last = Math.max(1, Math.ceil(total / limit));
  const from = Math.min(total, (page - 1) * limit + 1);
  const to = Math.min(total, page * limit);
  return (
    <Group component="nav" aria-label="Pages" justify="space-between" mt="sm">
      <Text size="sm" c="dimmed" aria-live="polite">
        {total === 0 ? 'None' : `${inWords.format(from)}–${inWords.format(to)} of ${inWords.format(total)}`}
      </Text>
      {last > 1 && (
        <Group gap="xs">
          <Button variant="default" size="xs" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            Previous
          </Button>
          <Button variant="default" size="xs" disabled={page >= last} onClick={() => onPage(page + 1)}>
            Next
          </Button>
        </Group>
      )}
    </Group>
  );
}
