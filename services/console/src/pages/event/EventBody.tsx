import { Group, SegmentedControl, Title } from '@mantine/core';
import { useState } from 'react';
import { JsonText } from '../../components/JsonText.tsx';
import type { ShownEvent } from './event-details.ts';

const views = { data: 'Data', previous: 'Previous', body: 'Whole body' } as const;
type View = keyof typeof views;

/** What billing sent: the data alone, what it was before, or the whole body as handlers get it. */
export function EventBody({ event }: { event: ShownEvent }) {
  const [view, setView] = useState<View>('data');
  const offered = (Object.keys(views) as View[]).filter((each) => each !== 'previous' || event.previous !== null);
  return (
    <section aria-labelledby="event-body">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="event-body">
          Body
        </Title>
        <SegmentedControl
          aria-label="Show"
          size="xs"
          data={offered.map((value) => ({ value, label: views[value] }))}
          value={view}
          onChange={(value) => setView(value)}
        />
      </Group>
      <JsonText key={view} label={views[view]} text={event.written[view]} />
    </section>
  );
}
