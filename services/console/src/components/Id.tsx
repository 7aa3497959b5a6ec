import { CopyButton, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { CheckIcon, CopyIcon } from './icons.tsx';
import classes from './Id.module.css';

/** How many characters of an id are shown; the last ones, as the first of a UUIDv7 are its time. */
const shown = 8;

interface Props {
  id: string;
  /** Where there is room, and it is what the page is about. */
  isWhole?: boolean;
}

/** A short id. Hovering shows the whole id, and a click copies it. */
export function Id({ id, isWhole = false }: Props) {
  return (
    <CopyButton value={id} timeout={1_500}>
      {({ copied, copy }) => (
        <UnstyledButton className={classes.id} data-whole={isWhole || undefined} onClick={copy} title={id}>
          {!isWhole && id.length > shown ? `…${id.slice(-shown)}` : id}
          <VisuallyHidden> {copied ? 'is copied' : 'copy'}</VisuallyHidden>
          {copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
