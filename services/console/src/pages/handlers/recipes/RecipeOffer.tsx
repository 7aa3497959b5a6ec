import { Button, Group, Text } from '@mantine/core';

/** The way from an empty form to handlers that others have thought out. */
export function RecipeOffer({ onStart }: { onStart: () => void }) {
  return (
    <Group gap="xs" justify="space-between">
      <Text size="sm" c="dimmed">
        Recipes have handlers for Kamailio, FreeRADIUS, LDAP, SOAP and more.
      </Text>
      <Button variant="default" size="xs" onClick={onStart}>
        Start from a recipe
      </Button>
    </Group>
  );
}
