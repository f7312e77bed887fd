import { useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/contract/index.ts';

const dark = () => window.matchMedia('(prefers-color-scheme: dark)');
function subscribe(changed: () => void): () => void {
  const query = dark();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

export function useColorScheme(theme: Settings['theme']): 'light' | 'dark' {
  const systemIsDark = useSyncExternalStore(subscribe, () => dark().matches);
  return theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme;
}
