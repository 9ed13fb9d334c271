import type { MouseEvent, ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { PageHistory } from './page-history';
import { LeaveDialog } from './parts/leave-dialog';
import type { Route } from './routes';
import { formatRoute, parseRoute } from './routes';

interface Navigation {
  readonly route: Route;
  readonly go: (route: Route) => void;
  readonly replace: (route: Route) => void;
  /** While set, leaving for another screen asks first. */
  readonly setUnsaved: (unsaved: boolean) => void;
}

const NavigationContext = createContext<Navigation | undefined>(undefined);

/** Shows the route of the history, and asks before unsaved changes are left, also by the browser's back button. */
export function NavigationProvider({ history, children }: { history: PageHistory; children: ReactNode }) {
  const [shown, setShown] = useState(() => history.path());
  const [wanted, setWanted] = useState<string>();
  const unsaved = useRef(false);
  const shownNow = useRef(shown);

  const show = useCallback((path: string) => {
    shownNow.current = path;
    setShown(path);
  }, []);

  useEffect(
    () =>
      history.listen(() => {
        const path = history.path();
        if (unsaved.current && !isSameScreen(path, shownNow.current)) setWanted(path);
        else show(path);
      }),
    [history, show],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (unsaved.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);

  const navigation = useMemo<Navigation>(
    () => ({
      route: parseRoute(shown),
      go: (route) => history.push(formatRoute(route)),
      replace: (route) => history.replace(formatRoute(route)),
      setUnsaved: (value) => {
        unsaved.current = value;
      },
    }),
    [history, shown],
  );

  return (
    <NavigationContext.Provider value={navigation}>
      {children}
      {wanted !== undefined && (
        <LeaveDialog
          onStay={() => {
            setWanted(undefined);
            history.push(shownNow.current);
          }}
          onLeave={() => {
            unsaved.current = false;
            setWanted(undefined);
            show(wanted);
          }}
        />
      )}
    </NavigationContext.Provider>
  );
}

function isSameScreen(left: string, right: string): boolean {
  const [a, b] = [parseRoute(left), parseRoute(right)];
  return a.screen === 'editor' && b.screen === 'editor' && a.connectorId === b.connectorId;
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === undefined) throw new Error('The page has no navigation here.');
  return navigation;
}

/** A link inside the page. */
export function PageLink({ to, children, className }: { to: Route; children: ReactNode; className?: string }) {
  const { go } = useNavigation();
  const follow = (event: MouseEvent) => {
    event.preventDefault();
    go(to);
  };
  return (
    <a className={className ?? 'link'} href={`#${formatRoute(to)}`} onClick={follow}>
      {children}
    </a>
  );
}
