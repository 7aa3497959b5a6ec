import { Anchor, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import { useSearchFields } from '../api/search-fields.ts';
import { SearchIcon } from './icons.tsx';
import { lookupsFor, readSearched, type Searched } from './searched.ts';
import classes from './SearchBox.module.css';

interface Props extends Searched {
  /** What it finds: "events". */
  what: string;
  onSearch: (searched: Searched) => void;
  /** Without it look-ups lead to the events, which have them. */
  onLookup?: (searched: Searched) => void;
}

/**
 * The search box of every list of the journal: finds ids, keys, indexed values and text in answers on Enter, and offers
 * to look the text up in one field.
 */
export function SearchBox({ what, q, lookup, onSearch, onLookup }: Props) {
  const fields = useSearchFields();
  const navigate = useNavigate();
  const shown = lookup ?? q ?? '';
  const [text, setText] = useState(shown);
  const [known, setKnown] = useState(shown);
  if (shown !== known) {
    setKnown(shown);
    setText(shown);
  }
  const look = (searched: Searched): void => {
    if (searched.lookup === undefined) onSearch(searched);
    else if (onLookup) onLookup(searched);
    else void navigate({ to: '/events', search: { lookup: searched.lookup } });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    look(readSearched(text, fields));
  };
  const offers = lookupsFor(text, fields);
  return (
    <form className={classes.box} role="search" aria-label={`Search ${what}`} onSubmit={submit}>
      <TextInput
        type="search"
        aria-label={`Search ${what}`}
        placeholder="ID, key, value or error text"
        leftSection={<SearchIcon size={16} />}
        maxLength={255}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          // The cross of the field empties it.
          if (currentTarget.value === '' && shown !== '') look(readSearched('', fields));
        }}
      />
      {offers.length > 0 && (
        <div className={classes.offers}>
          <span>Look up in</span>
          {offers.map(({ field, lookup: offered }) => (
            <Anchor
              key={field}
              component="button"
              type="button"
              size="xs"
              onClick={() => look({ q: undefined, lookup: offered })}
            >
              {field}
            </Anchor>
          ))}
        </div>
      )}
    </form>
  );
}
