import { PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { parametersAtFault } from '#contracts';
import type { HandlerSetInput, HandlerSetResultView, RecipeParameterView, RecipeView } from '#contracts/rest-api';
import { ApiProblem } from '../../../api/problem.ts';
import { DialogFooter } from '../../../components/DialogFooter.tsx';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { RecipeFiles } from './RecipeFiles.tsx';
import { RecipePreview } from './RecipePreview.tsx';
import { countOf, setOf, useApply, usePreview, type RecipeValues } from './recipes.ts';

interface Props {
  recipe: RecipeView;
  onClose: () => void;
}

/** What was previewed: the same is made, or nothing. */
interface Seen {
  set: HandlerSetInput;
  result: HandlerSetResultView;
}

/** The parameters of a recipe; first what they would change is shown, and then it is made. */
export function RecipeForm({ recipe, onClose }: Props) {
  const [seen, setSeen] = useState<Seen>();
  const preview = usePreview();
  const apply = useApply();
  const form = useForm<RecipeValues>({
    initialValues: Object.fromEntries(recipe.parameters.map((parameter) => [parameter.name, parameter.default ?? ''])),
    onValuesChange: () => {
      setSeen(undefined);
      preview.reset();
      apply.reset();
    },
  });
  const submit = async (values: RecipeValues): Promise<void> => {
    if (seen) {
      await apply.mutateAsync({ set: seen.set, seen: seen.result });
      onClose();
      return;
    }
    const made = setOf(recipe, values);
    if ('faults' in made) {
      form.setErrors(Object.fromEntries(made.faults.map(({ field, message }) => [field, `It ${message}`])));
      return;
    }
    const result = await preview.mutateAsync(made.set).catch((error: unknown) => {
      form.setErrors(errorsOf(recipe, error));
      throw error;
    });
    setSeen({ set: made.set, result });
  };
  const problem = preview.error ?? apply.error;
  const isStale = problem instanceof ApiProblem && problem.status === 412;
  const change = seen?.result.changes.length ?? 0;
  return (
    <form
      noValidate
      aria-label={recipe.title}
      // Both calls keep their problem, which is shown.
      onSubmit={form.onSubmit((values) => void submit(values).catch(() => isStale && setSeen(undefined)))}
    >
      <Stack gap="sm">
        {recipe.parameters.map((parameter) => (
          <ParameterField key={parameter.name} parameter={parameter} input={form.getInputProps(parameter.name)} />
        ))}
        <RecipeFiles recipe={recipe} />
        {seen && <RecipePreview result={seen.result} />}
        {problem && <ProblemAlert title="The recipe cannot be applied" problem={problem} />}
        <DialogFooter
          action={seen ? `Apply to ${countOf(change)}` : 'Preview'}
          onCancel={onClose}
          isReady={!seen || change > 0}
          isPending={preview.isPending || apply.isPending}
        />
      </Stack>
    </form>
  );
}

/** What the registry says of the set, at the parameter that it comes from. */
function errorsOf(recipe: RecipeView, error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem) || error.fields.length === 0) return {};
  const names = parametersAtFault(
    recipe.set,
    error.fields.map(({ field }) => field),
  );
  return Object.fromEntries(names.map((name) => [name, error.fields[0]!.message]));
}

interface FieldProps {
  parameter: RecipeParameterView;
  input: object;
}

function ParameterField({ parameter: { label, description, secret, ...parameter }, input }: FieldProps) {
  const isNeeded = parameter.default === undefined;
  const common = { label, description, withAsterisk: isNeeded, ...input };
  return secret ? <PasswordInput autoComplete="off" {...common} /> : <TextInput {...common} />;
}
