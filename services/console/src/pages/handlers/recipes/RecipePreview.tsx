import { List, Stack, Text } from '@mantine/core';
import type { HandlerSetResultView } from '#contracts/rest-api';

const actions = { create: 'New', update: 'Changed', archive: 'Archived' } as const;

/** What a recipe would create and change, with the warnings of the registry. */
export function RecipePreview({ result: { changes, unchanged } }: { result: HandlerSetResultView }) {
  return (
    <Stack gap={4} role="status">
      <Text size="sm" fw={550}>
        {changes.length === 0 ? 'Everything is as the recipe has it' : 'Changes'}
      </Text>
      <List size="sm">
        {changes.map(({ action, name, warnings = [] }) => (
          <List.Item key={name}>
            {actions[action]}: {name}
            {warnings.map(({ field, message }) => (
              <Text key={field} size="sm" c="yellow.9">
                {field}: {message}
              </Text>
            ))}
          </List.Item>
        ))}
      </List>
      {unchanged > 0 && (
        <Text size="sm" c="dimmed">
          {unchanged} unchanged
        </Text>
      )}
    </Stack>
  );
}
