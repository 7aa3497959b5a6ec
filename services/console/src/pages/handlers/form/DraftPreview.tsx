import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../../api/problem.ts';
import { RequestShown } from '../../../components/RequestShown.tsx';
import { draftOf, draftPreviewQuery } from './draft-preview.ts';
import { useHandlerFormContext } from './form-context.ts';

/** Milliseconds without a keystroke. */
const pause = 400;

/** The request that the form describes, for the sample of its event type; it follows what is typed. */
export function DraftPreview() {
  const { values } = useHandlerFormContext();
  const [draft] = useDebouncedValue(JSON.stringify({ ...draftOf(values), outcomes: [], keep: {} }), pause);
  const { data, error } = useQuery({
    ...draftPreviewQuery(draft),
    enabled: values.event !== '',
    placeholderData: keepPreviousData,
  });
  if (values.event === '') return <Text size="sm">Choose an event to see the request for its sample.</Text>;
  if (error) return <Text size="sm">{wordsOf(error)}</Text>;
  return data ? <RequestShown preview={data} /> : null;
}

function wordsOf(error: Error): string {
  const [first] = error instanceof ApiProblem ? error.fields : [];
  if (!first) return error.message;
  return `${first.field.replace(/^handler\./, '')} ${first.message}`;
}
