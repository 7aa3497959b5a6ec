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

function AttentionItem({ item: { kind, severity, count, since, handlers, targets } }: { item: AttentionView }) {
  const { title, help, to, linkText } = attentionWords[kind];
  const named = handlers.length + targets.length;
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
          {targets.map(({ id, name }) => (
            <PageLink key={id} to="/targets/$targetId" params={{ targetId: id }} inherit>
              {name}
            </PageLink>
          ))}
          {named > 0 && named < count && <span>and {count - named} more</span>}
        </div>
      </div>
    </li>
  );
}
