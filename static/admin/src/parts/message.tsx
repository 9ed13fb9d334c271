import ErrorIcon from '@atlaskit/icon/core/status-error';
import InformationIcon from '@atlaskit/icon/core/status-information';
import SuccessIcon from '@atlaskit/icon/core/status-success';
import WarningIcon from '@atlaskit/icon/core/status-warning';
import type { ReactNode } from 'react';
import type { Tone } from './tone';

/** A short state in words; the colour only underlines it. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}

/** The sign of a tone. It is for the eye only: the text beside it says the same. */
export function ToneIcon({ tone }: { tone: Tone }) {
  switch (tone) {
    case 'success':
      return <SuccessIcon label="" color="var(--ds-icon-success)" />;
    case 'warning':
      return <WarningIcon label="" color="var(--ds-icon-warning)" />;
    case 'danger':
      return <ErrorIcon label="" color="var(--ds-icon-danger)" />;
    case 'neutral':
    case 'information':
    case 'discovery':
      return <InformationIcon label="" color="var(--ds-icon-information)" />;
  }
}

interface MessageProps {
  readonly tone: Exclude<Tone, 'neutral'>;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Whether a screen reader should speak it at once. */
  readonly announce?: boolean;
}

/** A message that belongs to a part of the page: what happened, and what to do next. */
export function Message({ tone, title, children, actions, announce = false }: MessageProps) {
  return (
    <div className={`message message-${tone}`} {...(announce ? { role: tone === 'danger' ? 'alert' : 'status' } : {})}>
      <span className="message-icon">
        <ToneIcon tone={tone} />
      </span>
      <div className="message-text">
        <p className="message-title">{title}</p>
        {children !== undefined && <div className="message-body">{children}</div>}
        {actions !== undefined && <div className="buttons">{actions}</div>}
      </div>
    </div>
  );
}
