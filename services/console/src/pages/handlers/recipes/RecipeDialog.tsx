import { Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { RecipeForm } from './RecipeForm.tsx';
import { recipeQuery, recipesQuery } from './recipes.ts';

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** Chooses a recipe, asks for its parameters, shows what it would change, and makes its handlers. */
export function RecipeDialog({ isOpen, onClose }: Props) {
  const [name, setName] = useState('');
  const recipes = useQuery(recipesQuery);
  const recipe = useQuery(recipeQuery(name));
  const problem = recipes.error ?? recipe.error;
  const choices = (recipes.data?.items ?? []).map((item) => ({ value: item.name, label: item.title }));
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Start from a recipe"
      size={680}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="sm">
        {problem && <ProblemAlert title="Failed to load the recipes" problem={problem} />}
        <NativeSelect
          label="Recipe"
          data={[{ value: '', label: 'Choose…' }, ...choices]}
          value={name}
          data-autofocus
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {recipe.data && (
          <>
            <Text size="sm">{recipe.data.summary}</Text>
            {/* Each recipe has a form of its own. */}
            <RecipeForm key={recipe.data.name} recipe={recipe.data} onClose={onClose} />
          </>
        )}
      </Stack>
    </Modal>
  );
}
