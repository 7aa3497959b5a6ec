import { Button, Group, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import type { ApiKeyInput } from '#contracts/rest-api';
import type { ApiProblem, ServerAway } from '../../api/problem.ts';
import { fieldErrorsOf } from '../../components/field-errors.ts';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { roles, type Role } from '../../session/role.ts';
import { expiryOf, lifetimes, type Lifetime } from './key-lifetime.ts';

interface Props {
  onSubmit: (input: ApiKeyInput) => void;
  isMaking: boolean;
  problem: ApiProblem | ServerAway | null;
}

interface Values {
  name: string;
  role: Role;
  lifetime: Lifetime;
  /** Of the viewer's zone; the registry names it expiresAt. */
  expiresAt: string;
}

/** Who a key is for, what it may do, and how long. */
export function NewKeyForm({ onSubmit, isMaking, problem }: Props) {
  const form = useForm<Values>({ initialValues: { name: '', role: 'viewer', lifetime: '90', expiresAt: '' } });
  const { setErrors } = form;
  const fields = fieldErrorsOf(problem);
  useEffect(() => setErrors(fieldErrorsOf(problem) ?? {}), [problem, setErrors]);
  const submit = ({ name, role, lifetime, expiresAt }: Values): void =>
    onSubmit({ name, role, expiresAt: expiryOf(lifetime, expiresAt, new Date()) });
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        {problem && !fields && <ProblemAlert title="Failed to create the key" problem={problem} />}
        <TextInput
          label="Name"
          description="The person or program that uses it"
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Radio.Group label="Role" {...form.getInputProps('role')}>
          <Stack gap={6} mt={4}>
            {Object.entries(roles).map(([role, words]) => (
              <Radio key={role} value={role} label={`${role}: ${words}`} size="sm" />
            ))}
          </Stack>
        </Radio.Group>
        <NativeSelect
          label="Expires"
          data={Object.entries(lifetimes).map(([value, label]) => ({ value, label }))}
          {...form.getInputProps('lifetime')}
        />
        {form.values.lifetime === 'at' && (
          <TextInput type="datetime-local" label="At" {...form.getInputProps('expiresAt')} />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={isMaking}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
