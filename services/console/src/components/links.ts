import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { createElement, type ComponentPropsWithRef } from 'react';

/**
 * A link to another page, checked like every address: `<PageLink to="/handlers/$handlerId" params={{ handlerId }}>`.
 */
export const PageLink = createLink(Anchor<'a'>);

type ButtonLinkProps = ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>;

/** Without its component, a button of Mantine is no link, whatever its address. */
function ButtonLink(props: ButtonLinkProps) {
  return createElement(Button<'a'>, { component: 'a', ...props });
}

/** The same, and looks like a button. */
export const PageButton = createLink(ButtonLink);
