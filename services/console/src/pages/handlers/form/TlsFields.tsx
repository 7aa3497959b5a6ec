import { Textarea } from '@mantine/core';
import { secretMark } from '#contracts';
import { Fold } from '../../../components/Fold.tsx';
import type { FormPart } from '../../../components/form-part.ts';
import type { TlsValues } from './task-forms.ts';

const parts = ['ca', 'certificate', 'key'] as const;

interface Props {
  form: FormPart;
  /** Where the certificates are in the form. */
  path: string;
  tls: TlsValues;
}

/** By whose certificates a call is made. */
export function TlsFields({ form, path, tls }: Props) {
  const isUsed = parts.some((part) => tls[part] !== '');
  const isKept = tls.key === secretMark;
  const area = (part: (typeof parts)[number]): object => ({
    autosize: true,
    minRows: 2,
    maxRows: 8,
    classNames: { input: 'mono' },
    spellCheck: false,
    ...form.getInputProps(`${path}.${part}`),
  });
  return (
    <Fold
      title="Certificates"
      summary={isUsed ? 'its own' : 'optional, for https'}
      isForced={parts.some((part) => form.errors[`${path}.${part}`] !== undefined)}
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
