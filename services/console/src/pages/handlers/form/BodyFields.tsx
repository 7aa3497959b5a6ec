import { Checkbox, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { taskLimits } from '#contracts';
import { Fold } from '../../../components/Fold.tsx';
import { useHandlerFormContext } from './form-context.ts';

/** A form of a handler that sends the event has none. */
const DraftPreview = lazy(async () => ({ default: (await import('./DraftPreview.tsx')).DraftPreview }));

const contentTypes = [
  'application/json',
  'application/soap+xml; charset=utf-8',
  'text/xml; charset=utf-8',
  'application/x-www-form-urlencoded',
  'text/plain; charset=utf-8',
];

/** The body of a call: the event, or a text with placeholders, with the rendered request beside it. */
export function BodyFields() {
  const form = useHandlerFormContext();
  const { hasBody, contentType, url, headers } = form.values.task.http;
  const isShaped = hasBody || [url, ...headers.map(({ value }) => value)].some((text) => text.includes('{{'));
  const path = 'task.http';
  return (
    <Fold
      title="Body"
      summary={hasBody ? contentType || 'application/json' : 'the event'}
      isForced={['body', 'contentType'].some((field) => form.errors[`${path}.${field}`] !== undefined)}
    >
      <SimpleGrid cols={isShaped ? { base: 1, sm: 2 } : 1}>
        <Stack gap="sm">
          <Checkbox
            label="Send a text of its own"
            description="Instead of the event, with placeholders such as {{ data.id }}"
            {...form.getInputProps(`${path}.hasBody`, { type: 'checkbox' })}
          />
          {hasBody && (
            <>
              <TextInput
                label="Content type"
                placeholder="application/json"
                list="content-types"
                {...form.getInputProps(`${path}.contentType`)}
              />
              <datalist id="content-types">
                {contentTypes.map((type) => (
                  <option key={type} value={type} />
                ))}
              </datalist>
              <Textarea
                label="Text"
                placeholder={'{"id": {{ data.id }}, "name": "{{ data.name }}"}'}
                autosize
                minRows={4}
                maxRows={16}
                maxLength={taskLimits.bodyLength}
                spellCheck={false}
                classNames={{ input: 'mono' }}
                {...form.getInputProps(`${path}.body`)}
              />
            </>
          )}
        </Stack>
        {isShaped && (
          <Suspense>
            <DraftPreview />
          </Suspense>
        )}
      </SimpleGrid>
    </Fold>
  );
}
