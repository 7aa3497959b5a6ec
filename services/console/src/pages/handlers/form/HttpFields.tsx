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
          label="Target"
          withAsterisk
          flex="1 1 16rem"
          placeholder="127.0.0.1:5000/api"
          inputMode="url"
          classNames={{ input: 'mono' }}
          {...form.getInputProps('http.url')}
        />
        <NativeSelect label="Method" w={110} data={[...httpMethods]} {...form.getInputProps('http.method')} />
      </Group>
      <HeaderFields />
      <TlsFields />
    </>
  );
}

const parts = ['ca', 'certificate', 'key'] as const;

function TlsFields() {
  const form = useHandlerFormContext();
  const { tls } = form.values.http;
  const isUsed = parts.some((part) => tls[part] !== '');
  const isKept = tls.key === secretMark;
  const area = (part: (typeof parts)[number]): object => ({
    autosize: true,
    minRows: 2,
    maxRows: 8,
    classNames: { input: 'mono' },
    spellCheck: false,
    ...form.getInputProps(`http.tls.${part}`),
  });
  return (
    <Fold
      title="Certificates"
      summary={isUsed ? 'of its own' : 'for https, where the usual ones will not do'}
      isForced={parts.some((part) => form.errors[`http.tls.${part}`] !== undefined)}
    >
      <Textarea label="Authorities" description="PEM: who vouches for the target" {...area('ca')} />
      <Textarea
        mt="sm"
        label="Client certificate"
        description="PEM: what the target is shown"
        {...area('certificate')}
      />
      <Textarea
        mt="sm"
        label="Its private key"
        description={
          isKept
            ? `${secretMark} stands for the key that is kept. Write another over it, or empty the field together with the certificate`
            : 'PEM, without a passphrase. It is kept sealed, and never shown again'
        }
        {...area('key')}
      />
    </Fold>
  );
}
