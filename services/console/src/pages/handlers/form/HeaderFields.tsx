import { ActionIcon, Button, Checkbox, Group, Input, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { isSecretHeader, secretMark } from '#contracts';
import { CloseIcon, PlusIcon } from '../../../components/icons.tsx';
import type { FormPart } from '../../../components/form-part.ts';
import classes from './HeaderFields.module.css';
import { blankHeader, isSealed, type HeaderRow } from './header-rows.ts';

interface Props {
  form: FormPart;
  /** Where the rows are in the form. */
  path: string;
  rows: readonly HeaderRow[];
}

/** The headers of a call, a row for each. Those that are secret are kept sealed, and what is kept is not shown. */
export function HeaderFields({ form, path, rows }: Props) {
  return (
    <Input.Wrapper
      component="div"
      label="Headers"
      labelElement="div"
      description="Secret values are stored encrypted and never shown again"
      error={form.errors[path]}
    >
      <Stack gap={8} mt={6} role="group" aria-label="Headers">
        {rows.map((row, index) => (
          <HeaderFieldRow key={row.key} form={form} list={path} row={row} index={index} />
        ))}
        <Button
          variant="subtle"
          size="xs"
          leftSection={<PlusIcon size={14} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => form.insertListItem(path, blankHeader())}
        >
          Add a header
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

interface RowProps {
  form: FormPart;
  list: string;
  row: HeaderRow;
  index: number;
}

function HeaderFieldRow({ form, list, row, index }: RowProps) {
  const path = `${list}.${index}`;
  const place = `Header ${index + 1}`;
  const set = (change: Partial<typeof row>): void => form.setFieldValue(path, { ...row, ...change });
  const isTelling = isSecretHeader(row.name.trim());
  return (
    <div className={classes.row}>
      <TextInput
        aria-label={`${place}: name`}
        placeholder="Name"
        readOnly={row.isKept}
        classNames={{ input: 'mono' }}
        {...form.getInputProps(`${path}.name`)}
      />
      {row.isKept ? (
        <Group gap={8} wrap="nowrap" className={classes.kept}>
          <Text size="sm">
            <span className="mono">{secretMark}</span> is stored
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => set({ isKept: false, value: '' })}>
            Replace
          </Button>
          {form.errors[`${path}.value`] && <Input.Error role="alert">{form.errors[`${path}.value`]}</Input.Error>}
        </Group>
      ) : isSealed(row) ? (
        <PasswordInput
          aria-label={`${place}: value`}
          placeholder="Secret value"
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': `${place}: show the value` }}
          {...form.getInputProps(`${path}.value`)}
        />
      ) : (
        <TextInput
          aria-label={`${place}: value`}
          placeholder="Value"
          classNames={{ input: 'mono' }}
          {...form.getInputProps(`${path}.value`)}
        />
      )}
      <Checkbox
        className={classes.secret}
        label="Secret"
        aria-label={`${place}: secret`}
        title={isTelling ? 'A header with this name is always secret' : undefined}
        checked={isTelling || row.isSecret}
        disabled={isTelling || row.isKept}
        onChange={({ currentTarget }) => set({ isSecret: currentTarget.checked })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={`Remove header ${row.name || index + 1}`}
        onClick={() => form.removeListItem(list, index)}
      >
        <CloseIcon size={14} />
      </ActionIcon>
    </div>
  );
}
