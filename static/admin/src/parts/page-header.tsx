import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { PageLink } from '../navigation';
import type { Route } from '../routes';

interface PageHeaderProps {
  readonly title: string;
  /** Stands beside the title, for example a state. */
  readonly mark?: ReactNode;
  readonly description?: ReactNode;
  readonly path?: readonly { readonly text: string; readonly to: Route }[];
  readonly actions?: ReactNode;
}

let firstScreen = true;

/** Title of a screen with the way back. A new screen takes the focus, so a screen reader begins there. */
export function PageHeader({ title, mark, description, path = [], actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstScreen) heading.current?.focus();
    firstScreen = false;
  }, []);
  return (
    <header className="page-header">
      {path.length > 0 && (
        <nav aria-label="Breadcrumbs">
          <ol className="breadcrumbs">
            {path.map(({ text, to }) => (
              <li key={text}>
                <PageLink to={to}>{text}</PageLink>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="page-title-row">
        <div className="page-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {mark}
        </div>
        {actions !== undefined && <div className="buttons">{actions}</div>}
      </div>
      {description !== undefined && <div className="page-description">{description}</div>}
    </header>
  );
}
