import { useEffect, useLayoutEffect, useRef } from 'react';
import type { CommandId } from './key-map.ts';
import { matchKey } from './match-key.ts';

/** Who hears a key first: the highest level, and within it the latest listener. */
export type KeyLevel = 'window' | 'screen' | 'panel' | 'dialog' | 'always';
const ORDER: readonly KeyLevel[] = ['window', 'screen', 'panel', 'dialog', 'always'];

/** Answers `false` to leave the key to the next listener; anything else ends it and stops the browser's own action. */
type Handler = (event: KeyboardEvent) => unknown;
export type Handlers = { readonly [Id in CommandId]?: Handler };
type Listener = { readonly level: number; readonly handlers: { current: Handlers }; readonly blocks: boolean };

const listeners: Listener[] = [];
let singleKeysOn = true;
export const setSingleKeys = (on: boolean): void => {
  singleKeysOn = on;
};

/** A part with `data-single-keys` is a place for single keys as a whole; with the value `self` only its own element is. */
const SINGLE_KEY_PLACE = '[data-single-keys]:not([data-single-keys="self"])';
const TEXT_FIELDS = 'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="button"])';

function isTextField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(TEXT_FIELDS);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const { target } = event;
  const inText = isTextField(target);
  const singleKeyPlace =
    target instanceof Element && !inText && (target.matches('[data-single-keys]') || target.closest(SINGLE_KEY_PLACE) !== null);
  const commands = matchKey(event, { singleKeyPlace, inText, singleKeysOn });
  if (commands.length === 0) return;
  const heard = [...listeners].reverse().sort((a, b) => b.level - a.level);
  for (const listener of heard) {
    for (const id of commands) {
      const handler = listener.handlers.current[id];
      if (handler && handler(event) !== false) {
        event.preventDefault();
        return;
      }
    }
    if (listener.blocks) return;
  }
}

/** What somebody would hear now, whatever has the focus. */
export function heardCommands(): ReadonlySet<CommandId> {
  return new Set(listeners.flatMap(({ handlers }) => Object.keys(handlers.current) as CommandId[]));
}

/** Does what the keys of a command would do, from the list of commands. */
export function runCommand(id: CommandId): void {
  const heard = [...listeners].reverse().sort((a, b) => b.level - a.level);
  for (const { handlers } of heard) {
    const handler = handlers.current[id];
    if (handler && handler(new KeyboardEvent('keydown')) !== false) return;
  }
}

/** Listens for commands while mounted and `on`. With `blocks` nothing below this level hears any key. */
export function useCommands(
  level: KeyLevel,
  handlers: Handlers,
  { on = true, blocks = false }: { on?: boolean; blocks?: boolean } = {},
): void {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    if (!on) return;
    const listener: Listener = { level: ORDER.indexOf(level), handlers: latest, blocks };
    if (listeners.push(listener) === 1) window.addEventListener('keydown', onKeyDown);
    return () => {
      listeners.splice(listeners.indexOf(listener), 1);
      if (listeners.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, [level, on, blocks]);
}
