import { Code, Stack, Text } from '@mantine/core';
import type { RecipeView } from '#contracts/rest-api';
import { Fold } from '../../../components/Fold.tsx';

/** The guide of a recipe, and which files have to be on the executors' machines. */
export function RecipeFiles({ recipe: { name, files } }: { recipe: RecipeView }) {
  const guide = files.find((file) => file.name === 'README.md');
  const others = files.filter((file) => file !== guide);
  const needsScript = others.some(({ executable }) => executable);
  return (
    <Stack gap="xs">
      {needsScript && (
        <Text size="sm">
          Its script has to be on each executor&apos;s machine. Write the files there with{' '}
          <Code>provisor recipes write {name}</Code>, and follow the guide.
        </Text>
      )}
      {guide && (
        <Fold title="Guide">
          <Code block style={{ whiteSpace: 'pre-wrap' }}>
            {guide.text}
          </Code>
        </Fold>
      )}
    </Stack>
  );
}
