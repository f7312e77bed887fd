import type { Growth } from './database.ts';

type Listener = Parameters<Growth['subscribe']>[0];

/** Those of this process who want to hear of grown feeds. */
export type Listeners = { readonly subscribe: Growth['subscribe']; readonly tell: (courts: readonly string[] | null) => void };

export function createListeners(): Listeners {
  const listeners = new Set<Listener>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (courts) => listeners.forEach((listener) => listener(courts)),
  };
}
