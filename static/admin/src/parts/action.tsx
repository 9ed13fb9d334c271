import Button from '@atlaskit/button/default/button';
import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';

interface ActionProps {
  readonly children: ReactNode;
  readonly onClick?: () => void;
  /** Why it cannot be used now; it is then disabled and says so. */
  readonly disabledBecause?: string | undefined;
  readonly appearance?: ComponentProps<typeof Button>['appearance'];
  readonly spacing?: 'compact' | 'default';
  readonly icon?: ComponentProps<typeof Button>['iconBefore'];
  readonly busy?: boolean;
  readonly submit?: boolean;
  /** For a name that says more than the text, for example `Edit Acme`. */
  readonly label?: string;
  readonly id?: string;
}

/** A button. One that cannot be used tells why, to the pointer and to a screen reader. */
export function Action({
  children,
  onClick,
  disabledBecause,
  appearance = 'default',
  spacing = 'default',
  icon,
  busy = false,
  submit = false,
  label,
  id,
}: ActionProps) {
  const reasonId = useId();
  const button = (
    <Button
      appearance={appearance}
      spacing={spacing}
      isDisabled={disabledBecause !== undefined}
      isLoading={busy}
      type={submit ? 'submit' : 'button'}
      {...(icon === undefined ? {} : { iconBefore: icon })}
      {...(onClick === undefined ? {} : { onClick: () => onClick() })}
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(disabledBecause === undefined ? {} : { 'aria-describedby': reasonId })}
    >
      {children}
    </Button>
  );
  if (disabledBecause === undefined) return button;
  return (
    <span className="action-refused" title={disabledBecause}>
      {button}
      <span id={reasonId} className="visually-hidden">
        {disabledBecause}
      </span>
    </span>
  );
}
