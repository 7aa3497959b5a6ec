import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** A link to another page, checked like every address: `<PageLink to="/handlers/$handlerId" params={{ handlerId }}>`. */
export const PageLink = createLink(Anchor<'a'>);

/** The same, as a button. */
export const PageButton = createLink(Button<'a'>);
