import { VisuallyHidden } from '@mantine/core';
import type { AttentionView } from '#contracts/rest-api';
import { AwayIcon, CheckIcon } from '../../components/icons.tsx';
import { PageLink } from '../../components/links.ts';
import { Time } from '../../components/Time.tsx';
import classes from './Attention.module.css';
import { attentionWords } from './attention-words.ts';

/** What needs attention, the most urgent first, each with a link to where it is solved. */
export function Attention({ items }: { items: readonly AttentionView[] }) {
  if (items.length === 0) {
    return (
      <p className={classes.well}>
        <CheckIcon /> Nothing needs attention.
      </p>
    );
  }
  return (
    <ul className={classes.list} aria-label="Needs attention">
      {items.map((item) => (
        <AttentionItem key={item.kind} item={item} />
      ))}
    </ul>
  );
}

function AttentionItem({ item: { kind, severity, count, since, handlers } }: { item: AttentionView }) {
  const { title, help, to, linkText } = attentionWords[kind];
  return (
    <li className={classes.item} data-severity={severity}>
      <AwayIcon />
      <div>
        <VisuallyHidden>{severity}: </VisuallyHidden>
        <span className={classes.title}>{title(count)}</span>
        {since !== null && (
          <span className={classes.help}>
            {' '}
            since <Time at={since} />
          </span>
        )}
      </div>
      <div>
        <div className={classes.help}>{help}</div>
        <div className={classes.links}>
          {to && (
            <PageLink to={to} inherit>
              {linkText}
            </PageLink>
          )}
          {handlers.map(({ id, name }) => (
            <PageLink key={id} to="/handlers/$handlerId" params={{ handlerId: id }} inherit>
              {name}
            </PageLink>
          ))}
          {handlers.length > 0 && handlers.length < count && <span>and {count - handlers.length} more</span>}
        </div>
      </div>
    </li>
  );
}
