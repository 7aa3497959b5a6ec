import { ActionIcon, Button, Checkbox, Group, Input, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { weekdays, type HoldWindow } from '#contracts';
import type { FormPart } from '../form-part.ts';
import { CloseIcon, PlusIcon } from '../icons.tsx';
import { dayNames } from './hold-words.ts';
import classes from './WindowFields.module.css';

interface Props {
  form: FormPart;
  /** Where the windows are in the form. */
  path: string;
  windows: readonly HoldWindow[];
}

const blankWindow = (): HoldWindow => ({
  days: ['sun'],
  from: '02:00',
  to: '04:00',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** The weekly hours in which a handler or target is not called, a block for each window. */
export function WindowFields({ form, path, windows }: Props) {
  return (
    <Input.Wrapper
      component="div"
      label="Weekly windows"
      labelElement="div"
      description="Hours in which nothing is called. Events wait until the end, in order"
      error={form.errors[path]}
    >
      <Stack gap="sm" mt={6} role="group" aria-label="Weekly windows">
        {windows.map((window, index) => (
          <WindowRow key={index} form={form} path={`${path}.${index}`} window={window} place={`Window ${index + 1}`}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={`Remove window ${index + 1}`}
              onClick={() => form.removeListItem(path, index)}
            >
              <CloseIcon size={14} />
            </ActionIcon>
          </WindowRow>
        ))}
        <Button
          variant="subtle"
          size="xs"
          leftSection={<PlusIcon size={14} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => form.insertListItem(path, blankWindow())}
        >
          Add a window
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

interface RowProps {
  form: FormPart;
  path: string;
  window: HoldWindow;
  place: string;
  children: ReactNode;
}

function WindowRow({ form, path, window, place, children }: RowProps) {
  return (
    <div className={classes.window} role="group" aria-label={place}>
      <Checkbox.Group
        aria-label={`${place}: days`}
        value={window.days}
        onChange={(days) =>
          form.setFieldValue(
            `${path}.days`,
            weekdays.filter((day) => days.includes(day)),
          )
        }
        error={form.errors[`${path}.days`]}
      >
        <Group gap="xs">
          {weekdays.map((day) => (
            <Checkbox key={day} value={day} label={dayNames[day]} />
          ))}
        </Group>
      </Checkbox.Group>
      <div className={classes.times}>
        <TextInput aria-label={`${place}: from`} placeholder="02:00" w={90} {...form.getInputProps(`${path}.from`)} />
        <TextInput aria-label={`${place}: to`} placeholder="04:00" w={90} {...form.getInputProps(`${path}.to`)} />
        <TextInput
          aria-label={`${place}: time zone`}
          placeholder="Europe/Berlin"
          flex="1 1 10rem"
          {...form.getInputProps(`${path}.timeZone`)}
        />
        {children}
      </div>
    </div>
  );
}
