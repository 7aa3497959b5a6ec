import { Button, CopyButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { folded, piecesOf } from './folded-text.ts';
import { CheckIcon, CopyIcon } from './icons.tsx';
import classes from './LongText.module.css';

interface Props {
  label: string;
  text: string;
  /** A note beside the text. */
  note?: string | undefined;
}

const inWords = new Intl.NumberFormat('en');

/** A text to read and copy; of a long one the beginning, until the user asks for the rest. */
export function LongText({ label, text, note }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const { shown, isFolded, lines } = useMemo(() => folded(text), [text]);
  const pieces = useMemo(() => (isOpen ? piecesOf(text) : [shown]), [isOpen, text, shown]);
  return (
    <div className={classes.box}>
      <div className={classes.head}>
        <span>
          <span className={classes.label}>{label}</span> {note && <span className={classes.note}>{note}</span>}
        </span>
        <CopyButton value={text} timeout={1_500}>
          {({ copied, copy }) => (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
              aria-label={copied ? `${label} is copied` : `Copy ${label}`}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to scroll by keyboard too */}
      <div className={classes.text} role="region" aria-label={label} tabIndex={0}>
        {pieces.map((piece, index) => (
          <pre key={index} className={classes.piece}>
            {piece === '' ? ' ' : piece}
          </pre>
        ))}
        {isFolded && (
          <Button variant="default" size="compact-xs" mt="xs" onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? 'Show less' : `Show all: ${sizeOf(text, lines)}`}
          </Button>
        )}
      </div>
    </div>
  );
}

function sizeOf(text: string, lines: number): string {
  const characters = `${inWords.format(text.length)} characters`;
  return lines > 1 ? `${inWords.format(lines)} lines, ${characters}` : characters;
}
