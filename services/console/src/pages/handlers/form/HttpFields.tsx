import { Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { httpMethods, secretMark } from '#contracts';
import { Fold } from '../../../components/Fold.tsx';
import { useHandlerFormContext } from './form-context.ts';
import { HeaderFields } from './HeaderFields.tsx';

/** A call: where to, how, with what headers, and, folded, by whose certificates. */
export function HttpFields() {
  const form = useHandlerFormContext();
  return (
    <>
      <Group gap="sm" align="flex-start" wrap="wrap">
        <TextInput
          label="URL"
          withAsterisk
          flex="1 1 16rem"
          placeholder="127.0.0.1:5000/api"
          inputMode="url"
          classNames={{ input: 'mono' }}
          {...form.getInputProps('task.http.url')}
        />
        <NativeSelect label="Method" w={110} data={[...httpMethods]} {...form.getInputProps('task.http.method')} />
      </Group>
      <HeaderFields />
      <TlsFields />
    </>
  );
}

const parts = ['ca', 'certificate', 'key'] as const;

function TlsFields() {
  const form = useHandlerFormContext();
  const { tls } = form.values.task.http;
  const isUsed = parts.some((part) => tls[part] !== '');
  const isKept = tls.key === secretMark;
  const area = (part: (typeof parts)[number]): object => ({
    autosize: true,
    minRows: 2,
    maxRows: 8,
    classNames: { input: 'mono' },
    spellCheck: false,
    ...form.getInputProps(`task.http.tls.${part}`),
  });
  return (
    <Fold
      title="Certificates"
      summary={isUsed ? 'its own' : 'optional, for https'}
      isForced={parts.some((part) => form.errors[`task.http.tls.${part}`] !== undefined)}
    >
      <Textarea
        label="CA certificates"
        description="PEM: the authorities that sign the target’s certificate"
        {...area('ca')}
      />
      <Textarea
        mt="sm"
        label="Client certificate"
        description="PEM: presented to the target"
        {...area('certificate')}
      />
      <Textarea
        mt="sm"
        label="Private key"
        description={
          isKept
            ? `${secretMark} stands for the stored key. Replace it, or empty the field together with the certificate`
            : 'PEM, without a passphrase. It is stored encrypted and never shown again'
        }
        {...area('key')}
      />
    </Fold>
  );
}
