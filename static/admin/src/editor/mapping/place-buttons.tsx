import ArrowDownIcon from '@atlaskit/icon/core/arrow-down';
import ArrowUpIcon from '@atlaskit/icon/core/arrow-up';
import DeleteIcon from '@atlaskit/icon/core/delete';
import type { ComponentType } from 'react';
import type { OrderedList } from './use-ordered-list';

interface PlaceButtonsProps {
  readonly list: OrderedList;
  readonly place: number;
  /** What they move and remove, for example `transformation 2`. */
  readonly name: string;
  /** Whether the last item may go. */
  readonly keepsOne?: boolean;
}

/** Moves an item of an ordered list up and down, and removes it. */
export function PlaceButtons({ list, place, name, keepsOne = false }: PlaceButtonsProps) {
  const last = list.keys.length - 1;
  return (
    <span className="place-buttons">
      <PlaceButton
        id={list.idOf(place, 'up')}
        label={`Move ${name} up`}
        Icon={ArrowUpIcon}
        off={place === 0}
        onClick={() => list.move(place, -1)}
      />
      <PlaceButton
        id={list.idOf(place, 'down')}
        label={`Move ${name} down`}
        Icon={ArrowDownIcon}
        off={place === last}
        onClick={() => list.move(place, 1)}
      />
      <PlaceButton
        id={list.idOf(place, 'remove')}
        label={`Remove ${name}`}
        Icon={DeleteIcon}
        off={keepsOne && last === 0}
        onClick={() => list.remove(place)}
      />
    </span>
  );
}

interface PlaceButtonProps {
  readonly id: string;
  readonly label: string;
  readonly Icon: ComponentType<{ readonly label: string }>;
  readonly off: boolean;
  readonly onClick: () => void;
}

/** One that does nothing here stays in reach: the focus that came along with an item must not fall off at the end. */
function PlaceButton({ id, label, Icon, off, onClick }: PlaceButtonProps) {
  return (
    <button
      id={id}
      type="button"
      className="place-button"
      aria-label={label}
      title={label}
      {...(off ? { 'aria-disabled': true } : {})}
      onClick={() => {
        if (!off) onClick();
      }}
    >
      <Icon label="" />
    </button>
  );
}
