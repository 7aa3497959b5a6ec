import { Fieldset, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useTargetFormContext } from './form-context.ts';
import { isStored } from './target-values.ts';

const types = [
  { value: 'none', label: 'None, or by a header' },
  { value: 'basic', label: 'Basic' },
  { value: 'oauth2_client_credentials', label: 'OAuth 2.0 client credentials' },
];

/** How calls are authenticated. */
export function AuthFields() {
  const form = useTargetFormContext();
  const { type } = form.values.auth;
  return (
    <Fieldset legend="Authentication" variant="default" radius="md">
      <Stack gap="sm">
        <NativeSelect label="Type" data={types} {...form.getInputProps('auth.type')} />
        {type === 'basic' && (
          <>
            <TextInput label="User name" withAsterisk autoComplete="off" {...form.getInputProps('auth.username')} />
            <SecretInput label="Password" path="auth.password" value={form.values.auth.password} />
          </>
        )}
        {type === 'oauth2_client_credentials' && <TokenFields />}
      </Stack>
    </Fieldset>
  );
}

function TokenFields() {
  const form = useTargetFormContext();
  return (
    <>
      <TextInput
        label="Token URL"
        description="Where access tokens are requested"
        withAsterisk
        inputMode="url"
        placeholder="https://login.example/oauth2/token"
        classNames={{ input: 'mono' }}
        {...form.getInputProps('auth.tokenUrl')}
      />
      <TextInput label="Client ID" withAsterisk autoComplete="off" {...form.getInputProps('auth.clientId')} />
      <SecretInput label="Client secret" path="auth.clientSecret" value={form.values.auth.clientSecret} />
      <TextInput label="Scope" description="Separated by spaces" {...form.getInputProps('auth.scope')} />
      <TextInput label="Audience" {...form.getInputProps('auth.audience')} />
      <TextInput label="Resource" description="URI (RFC 8707)" {...form.getInputProps('auth.resource')} />
      <NativeSelect
        label="Client authentication"
        data={[
          { value: 'basic', label: 'In the Authorization header' },
          { value: 'body', label: 'In the body' },
        ]}
        {...form.getInputProps('auth.style')}
      />
    </>
  );
}

function SecretInput({ label, path, value }: { label: string; path: string; value: string }) {
  const form = useTargetFormContext();
  return (
    <PasswordInput
      label={label}
      description={
        isStored(value)
          ? '*** stands for the stored value. Replace it, or leave it'
          : 'Stored encrypted, never shown again'
      }
      withAsterisk
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': `${label}: show` }}
      {...form.getInputProps(path)}
    />
  );
}
