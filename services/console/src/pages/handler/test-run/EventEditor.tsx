import { Anchor, List, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { lineAt } from './json-fault.ts';

export interface EventFault {
  message: string;
  /** Where in the text; undefined when it is of no place. */
  offset: number | undefined;
}

interface Props {
  text: string;
  faults: readonly EventFault[];
  isReadOnly: boolean;
  onChange: (text: string) => void;
}

/** An event as JSON. What is wrong with it is told with the line, and leads there. */
export function EventEditor({ text, faults, isReadOnly, onChange }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const show = (offset: number): void => {
    area.current?.focus();
    area.current?.setSelectionRange(offset, offset + 1);
  };
  return (
    <Textarea
      ref={area}
      label="Event"
      description="The sample of its event type, to be changed as needed"
      autosize
      minRows={10}
      maxRows={26}
      spellCheck={false}
      readOnly={isReadOnly}
      classNames={{ input: 'mono' }}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      errorProps={{ component: 'div', role: 'alert' }}
      error={
        faults.length > 0 && (
          <List size="sm" listStyleType="none">
            {faults.map(({ message, offset }) => (
              <List.Item key={message}>
                {offset !== undefined && (
                  <>
                    <Anchor
                      component="button"
                      type="button"
                      inherit
                      c="inherit"
                      td="underline"
                      onClick={() => show(offset)}
                    >
                      Line {lineAt(text, offset)}
                    </Anchor>
                    :{' '}
                  </>
                )}
                {message}
              </List.Item>
            ))}
          </List>
        )
      }
    />
  );
}
