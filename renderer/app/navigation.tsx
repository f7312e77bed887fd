import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Route } from './route.ts';

type Navigation = {
  readonly route: Route;
  /** The rail entry that the way here began at. */
  readonly root: Route;
  /** A rail entry: forgets the way here. */
  readonly go: (route: Route) => void;
  /** One step deeper; Esc comes back. */
  readonly open: (route: Route) => void;
  /** The same depth, another subject: the next filing, another view. */
  readonly replace: (route: Route) => void;
  readonly back: () => boolean;
  /** The row that was current in each list, so that coming back lands on it. */
  readonly currentRows: Map<string, string>;
};

const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = use(NavigationContext);
  if (!navigation) throw new Error('no navigation');
  return navigation;
}

export function NavigationProvider({ home, children }: { readonly home: Route; readonly children: ReactNode }) {
  const [stack, setStack] = useState<readonly Route[]>([home]);
  const depth = useRef(1);
  const [currentRows] = useState(() => new Map<string, string>());
  const set = useCallback((next: (old: readonly Route[]) => readonly Route[]) => {
    setStack((old) => {
      const stack = next(old);
      depth.current = stack.length;
      return stack;
    });
  }, []);
  const navigation = useMemo<Navigation>(
    () => ({
      route: stack.at(-1) ?? home,
      root: stack[0] ?? home,
      go: (route) => set(() => [route]),
      open: (route) => set((old) => [...old, route]),
      replace: (route) => set((old) => [...old.slice(0, -1), route]),
      back: () => {
        if (depth.current < 2) return false;
        set((old) => (old.length > 1 ? old.slice(0, -1) : old));
        return true;
      },
      currentRows,
    }),
    [stack, set, currentRows, home],
  );
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}
