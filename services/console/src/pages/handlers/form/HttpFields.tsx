import { Group, NativeSelect, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { httpMethods } from '#contracts';
import { targetNamesQuery } from '../../../api/target-names.ts';
import { useHandlerFormContext } from './form-context.ts';
import { HeaderFields } from './HeaderFields.tsx';
import { TlsFields } from './TlsFields.tsx';

const ways = [
  { value: 'url', label: 'URL' },
  { value: 'target', label: 'Target' },
];

/** A form of a script has none. */
const BodyFields = lazy(async () => ({ default: (await import('./BodyFields.tsx')).BodyFields }));

/** A call: where to, how, with what headers, and, folded, by whose certificates. */
export function HttpFields() {
  const form = useHandlerFormContext();
  const { by, headers, tls } = form.values.task.http;
  return (
    <>
      <SegmentedControl
        aria-label="What is called"
        size="xs"
        data={ways}
        style={{ alignSelf: 'flex-start' }}
        {...form.getInputProps('task.http.by')}
      />
      <Group gap="sm" align="flex-start" wrap="wrap">
        {by === 'url' ? (
          <TextInput
            label="URL"
            withAsterisk
            flex="1 1 16rem"
            placeholder="127.0.0.1:5000/api"
            inputMode="url"
            classNames={{ input: 'mono' }}
            {...form.getInputProps('task.http.url')}
          />
        ) : (
          <TargetFields />
        )}
        <NativeSelect label="Method" w={110} data={[...httpMethods]} {...form.getInputProps('task.http.method')} />
      </Group>
      <HeaderFields form={form} path="task.http.headers" rows={headers} />
      <Suspense>
        <BodyFields />
      </Suspense>
      {by === 'url' && <TlsFields form={form} path="task.http.tls" tls={tls} />}
    </>
  );
}

/** The target, and what follows its base URL. */
function TargetFields() {
  const form = useHandlerFormContext();
  const { data } = useQuery(targetNamesQuery);
  const { target } = form.values.task.http;
  const chosen = data?.items.find(({ id }) => id === target);
  const isMissing = target !== '' && data !== undefined && chosen === undefined;
  return (
    <Stack gap="sm" flex="1 1 16rem">
      <NativeSelect
        label="Target"
        withAsterisk
        description={chosen?.baseUrl ?? 'Address, credentials and limits are set at the target'}
        data={[
          { value: '', label: 'Choose…' },
          ...(isMissing ? [{ value: target, label: `…${target.slice(-8)}` }] : []),
          ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.getInputProps('task.http.target')}
      />
      <TextInput
        label="Path"
        description="Behind the base URL; empty: the base URL itself"
        placeholder="/api/accounts"
        classNames={{ input: 'mono' }}
        {...form.getInputProps('task.http.path')}
      />
    </Stack>
  );
}
