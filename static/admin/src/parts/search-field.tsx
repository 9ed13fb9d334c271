import Textfield from '@atlaskit/textfield';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { Field } from './field';
import { nextItem } from './menu-keys';
import './search-field.css';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly nameOf: (value: string) => string;
  /** The values to offer for what was typed; all of them for nothing. */
  readonly find: (typed: string) => readonly string[];
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly hint?: string;
}

/** One value of many, found by typing: a combobox whose list can be walked by arrow keys. What is no value is never taken. */
export function SearchField({ label, value, nameOf, find, onChange, error, hint }: SearchFieldProps) {
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const found = open ? find(typed ?? '') : [];

  useEffect(() => {
    if (open) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [open, active]);

  // What is typed next replaces the value that stands there again.
  useEffect(() => {
    if (!open && document.activeElement === input.current) input.current?.select();
  }, [open]);

  const show = () => {
    setOpen(true);
    setActive(Math.max(0, find(typed ?? '').indexOf(value)));
  };
  const close = () => {
    setOpen(false);
    setTyped(undefined);
  };
  const choose = (chosen: string | undefined) => {
    if (chosen !== undefined) onChange(chosen);
    close();
  };
  const move = (event: KeyboardEvent<HTMLInputElement>) => {
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (isArrow && !open) show();
    else if (isArrow) setActive(nextItem(event.key, active, found.length) ?? 0);
    else if (event.key === 'Enter' && open) choose(found[active]);
    else if (event.key === 'Escape' && open) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Field label={label} error={error} hint={hint}>
      {(control) => (
        <div className="search-field">
          <Textfield
            {...control}
            ref={input}
            role="combobox"
            aria-expanded={open}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={found[active] === undefined ? undefined : `${listId}-${active}`}
            // While one is being chosen, the present value stands behind what is typed.
            value={typed ?? (open ? '' : nameOf(value))}
            placeholder={nameOf(value)}
            isInvalid={error !== undefined}
            autoComplete="off"
            spellCheck={false}
            // Also when its label or a refusal brings the focus here.
            onFocus={() => input.current?.select()}
            onClick={show}
            onBlur={close}
            onKeyDown={move}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              setOpen(true);
              setActive(0);
            }}
          />
          <ul ref={list} id={listId} role="listbox" aria-label={label} hidden={found.length === 0}>
            {found.map((each, index) => (
              <li
                key={each}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === active}
                // Or the field would lose the focus before the click.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(each)}
              >
                {nameOf(each)}
              </li>
            ))}
          </ul>
          <p className="search-none" role="status">
            {open && found.length === 0 && `Nothing is called "${typed ?? ''}".`}
          </p>
        </div>
      )}
    </Field>
  );
}
