import type { TextKey } from '../../i18n/text-key.ts';

/**
 * Letters, digits and brackets are matched by the physical key (`code`), so that they work in Kazakh, Russian and English layouts;
 * named keys by `key`. Never bound: Ctrl+Alt+letter (AltGr) and the layout switches of Windows.
 */
export type Stroke = {
  readonly code?: string;
  readonly key?: string;
  readonly ctrl?: true;
  readonly alt?: true;
  /** Unset: Shift must be up. `any`: it does not matter. */
  readonly shift?: true | 'any';
};

export type KeyGroup = 'global' | 'list' | 'filing' | 'document' | 'act' | 'paper';

type Command = {
  readonly group: KeyGroup;
  readonly text: TextKey;
  /** What the help shows: the Latin letter is printed on every keyboard of the country. */
  readonly caps: readonly string[];
  readonly strokes: readonly Stroke[];
  /** A single key: only inside `[data-single-keys]`, never in a text field, and only while the setting is on. */
  readonly single?: true;
  /** Means something of its own in a text field and is left to it there. */
  readonly notInText?: true;
  /** May run again while the key is held down. */
  readonly repeats?: true;
};

const digits = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
const digitStrokes = (from: number, to: number, modifiers: Omit<Stroke, 'code' | 'key'> = {}): readonly Stroke[] =>
  digits(from, to).map((digit) => ({ code: `Digit${digit}`, ...modifiers }));
const numpadStrokes = (from: number, to: number): readonly Stroke[] => digits(from, to).map((digit) => ({ code: `Numpad${digit}` }));

export const KEY_MAP = {
  'app.search': { group: 'global', text: 'keys.search', caps: ['Ctrl+K'], strokes: [{ code: 'KeyK', ctrl: true }] },
  'app.card': { group: 'global', text: 'keys.card', caps: ['Ctrl+J'], strokes: [{ code: 'KeyJ', ctrl: true }] },
  'app.help': { group: 'global', text: 'keys.help', caps: ['F1'], strokes: [{ key: 'F1' }] },
  'app.keys': { group: 'global', text: 'keys.keys', caps: ['Ctrl+/'], strokes: [{ code: 'Slash', ctrl: true }] },
  'app.sync': { group: 'global', text: 'keys.sync', caps: ['F5'], strokes: [{ key: 'F5' }] },
  'app.lock': { group: 'global', text: 'keys.lock', caps: ['Ctrl+L'], strokes: [{ code: 'KeyL', ctrl: true }] },
  'app.next-pane': { group: 'global', text: 'keys.nextPane', caps: ['F6'], strokes: [{ key: 'F6' }] },
  'app.previous-pane': { group: 'global', text: 'keys.previousPane', caps: ['Shift+F6'], strokes: [{ key: 'F6', shift: true }] },
  'app.back': { group: 'global', text: 'keys.back', caps: ['Esc'], strokes: [{ key: 'Escape' }] },
  'app.rail': { group: 'global', text: 'keys.rail', caps: ['Ctrl+1…9'], strokes: digitStrokes(1, 9, { ctrl: true }) },
  'app.larger': {
    group: 'global',
    text: 'keys.larger',
    caps: ['Ctrl++'],
    strokes: [
      { code: 'Equal', ctrl: true, shift: 'any' },
      { code: 'NumpadAdd', ctrl: true },
    ],
    repeats: true,
  },
  'app.smaller': {
    group: 'global',
    text: 'keys.smaller',
    caps: ['Ctrl+−'],
    strokes: [
      { code: 'Minus', ctrl: true },
      { code: 'NumpadSubtract', ctrl: true },
    ],
    repeats: true,
  },
  'app.normal-size': { group: 'global', text: 'keys.normalSize', caps: ['Ctrl+0'], strokes: [{ code: 'Digit0', ctrl: true }] },

  'list.next': { group: 'list', text: 'keys.nextRow', caps: ['↓'], strokes: [{ key: 'ArrowDown' }], repeats: true },
  'list.previous': { group: 'list', text: 'keys.previousRow', caps: ['↑'], strokes: [{ key: 'ArrowUp' }], repeats: true },
  'list.next-letter': { group: 'list', text: 'keys.nextRow', caps: ['J'], strokes: [{ code: 'KeyJ' }], single: true, repeats: true },
  'list.previous-letter': {
    group: 'list',
    text: 'keys.previousRow',
    caps: ['K'],
    strokes: [{ code: 'KeyK' }],
    single: true,
    repeats: true,
  },
  'list.page-down': { group: 'list', text: 'keys.pageDown', caps: ['PgDn'], strokes: [{ key: 'PageDown' }], repeats: true },
  'list.page-up': { group: 'list', text: 'keys.pageUp', caps: ['PgUp'], strokes: [{ key: 'PageUp' }], repeats: true },
  'list.first': { group: 'list', text: 'keys.first', caps: ['Home'], strokes: [{ key: 'Home' }] },
  'list.last': { group: 'list', text: 'keys.last', caps: ['End'], strokes: [{ key: 'End' }] },
  'list.select': { group: 'list', text: 'keys.select', caps: ['Space'], strokes: [{ code: 'Space' }] },
  'list.select-letter': { group: 'list', text: 'keys.select', caps: ['X'], strokes: [{ code: 'KeyX' }], single: true },
  'list.select-all': { group: 'list', text: 'keys.selectAll', caps: ['Ctrl+A'], strokes: [{ code: 'KeyA', ctrl: true }] },
  'list.extend-down': {
    group: 'list',
    text: 'keys.extendDown',
    caps: ['Shift+↓'],
    strokes: [{ key: 'ArrowDown', shift: true }],
    repeats: true,
  },
  'list.extend-up': { group: 'list', text: 'keys.extendUp', caps: ['Shift+↑'], strokes: [{ key: 'ArrowUp', shift: true }], repeats: true },
  'list.open': { group: 'list', text: 'keys.open', caps: ['Enter'], strokes: [{ key: 'Enter' }] },

  'queue.take': { group: 'list', text: 'keys.takeFiling', caps: ['A'], strokes: [{ code: 'KeyA' }], single: true },
  'queue.assign': { group: 'list', text: 'keys.assign', caps: ['M'], strokes: [{ code: 'KeyM' }], single: true },
  'case.open': { group: 'list', text: 'keys.openCase', caps: ['C'], strokes: [{ code: 'KeyC' }], single: true },
  'queue.take-next': { group: 'list', text: 'keys.takeNext', caps: ['N'], strokes: [{ code: 'KeyN' }], single: true },
  'queue.filter': { group: 'list', text: 'keys.filter', caps: ['F'], strokes: [{ code: 'KeyF' }], single: true },
  'queue.find': { group: 'list', text: 'keys.findInList', caps: ['/'], strokes: [{ code: 'Slash' }], single: true },
  'queue.postpone': { group: 'list', text: 'keys.postpone', caps: ['F8'], strokes: [{ key: 'F8' }] },
  'board.table': { group: 'list', text: 'keys.boardTable', caps: ['T'], strokes: [{ code: 'KeyT' }], single: true },
  'app.undo': { group: 'global', text: 'keys.undo', caps: ['Ctrl+Z'], strokes: [{ code: 'KeyZ', ctrl: true }], notInText: true },

  'filing.check': {
    group: 'filing',
    text: 'keys.check',
    caps: ['1…9'],
    strokes: [...digitStrokes(1, 9), ...numpadStrokes(1, 9)],
    single: true,
  },
  'filing.register': { group: 'filing', text: 'keys.register', caps: ['Ctrl+Enter'], strokes: [{ key: 'Enter', ctrl: true }] },
  'filing.postpone': { group: 'filing', text: 'keys.postpone', caps: ['F8'], strokes: [{ key: 'F8' }] },
  'filing.defects': { group: 'filing', text: 'keys.defects', caps: ['F9'], strokes: [{ key: 'F9' }] },
  'filing.recheck': { group: 'filing', text: 'keys.recheck', caps: ['R'], strokes: [{ code: 'KeyR' }], single: true },
  'filing.answer': { group: 'filing', text: 'keys.answer', caps: ['O'], strokes: [{ code: 'KeyO' }], single: true },
  'filing.talon': { group: 'filing', text: 'keys.talon', caps: ['P'], strokes: [{ code: 'KeyP' }], single: true },
  'filing.earlier': { group: 'filing', text: 'keys.earlier', caps: ['E'], strokes: [{ code: 'KeyE' }], single: true },
  'filing.add-paper': { group: 'filing', text: 'keys.addPaper', caps: ['B'], strokes: [{ code: 'KeyB' }], single: true },
  'filing.tab': { group: 'filing', text: 'keys.tab', caps: ['Alt+1…5'], strokes: digitStrokes(1, 5, { alt: true }) },
  'filing.next': { group: 'filing', text: 'keys.nextFiling', caps: ['Ctrl+↓'], strokes: [{ key: 'ArrowDown', ctrl: true }] },
  'filing.previous': { group: 'filing', text: 'keys.previousFiling', caps: ['Ctrl+↑'], strokes: [{ key: 'ArrowUp', ctrl: true }] },

  'document.page-down': { group: 'document', text: 'keys.pageDown', caps: ['PgDn'], strokes: [{ key: 'PageDown' }], repeats: true },
  'document.page-up': { group: 'document', text: 'keys.pageUp', caps: ['PgUp'], strokes: [{ key: 'PageUp' }], repeats: true },
  'document.next': { group: 'document', text: 'keys.nextDocument', caps: [']'], strokes: [{ code: 'BracketRight' }], single: true },
  'document.previous': { group: 'document', text: 'keys.previousDocument', caps: ['['], strokes: [{ code: 'BracketLeft' }], single: true },
  'document.zoom-in': {
    group: 'document',
    text: 'keys.zoomIn',
    caps: ['+'],
    strokes: [{ code: 'Equal', shift: 'any' }, { code: 'NumpadAdd' }],
    single: true,
    repeats: true,
  },
  'document.zoom-out': {
    group: 'document',
    text: 'keys.zoomOut',
    caps: ['−'],
    strokes: [{ code: 'Minus' }, { code: 'NumpadSubtract' }],
    single: true,
    repeats: true,
  },
  'document.fit': { group: 'document', text: 'keys.fit', caps: ['0'], strokes: [{ code: 'Digit0' }, { code: 'Numpad0' }], single: true },
  'document.find': { group: 'document', text: 'keys.find', caps: ['Ctrl+F'], strokes: [{ code: 'KeyF', ctrl: true }] },

  'document.print': { group: 'document', text: 'keys.print', caps: ['Ctrl+P'], strokes: [{ code: 'KeyP', ctrl: true }] },
  'document.print-silently': {
    group: 'document',
    text: 'keys.printSilently',
    caps: ['Ctrl+Shift+P'],
    strokes: [{ code: 'KeyP', ctrl: true, shift: true }],
  },
  'act.reviewed': { group: 'act', text: 'keys.reviewed', caps: ['R'], strokes: [{ code: 'KeyR' }], single: true },
  'act.send-back': { group: 'act', text: 'keys.sendBack', caps: ['B'], strokes: [{ code: 'KeyB' }], single: true },
  'act.dispatch': { group: 'act', text: 'keys.dispatch', caps: ['D'], strokes: [{ code: 'KeyD' }], single: true },
  'act.sign': { group: 'act', text: 'keys.sign', caps: ['Ctrl+Enter'], strokes: [{ key: 'Enter', ctrl: true }] },

  'paper.scan': { group: 'paper', text: 'keys.scan', caps: ['F8'], strokes: [{ key: 'F8' }] },
  'paper.import': { group: 'paper', text: 'keys.addFiles', caps: ['Ctrl+O'], strokes: [{ code: 'KeyO', ctrl: true }] },
  'paper.turn': { group: 'paper', text: 'keys.turnPage', caps: ['R'], strokes: [{ code: 'KeyR' }], single: true },
  'paper.straighten': { group: 'paper', text: 'keys.straighten', caps: ['T'], strokes: [{ code: 'KeyT' }], single: true },
  'paper.split': { group: 'paper', text: 'keys.splitPages', caps: ['S'], strokes: [{ code: 'KeyS' }], single: true },
  'paper.drop-page': { group: 'paper', text: 'keys.dropPage', caps: ['Del'], strokes: [{ key: 'Delete' }], notInText: true },
  'paper.page-back': {
    group: 'paper',
    text: 'keys.pageBack',
    caps: ['Alt+←'],
    strokes: [{ key: 'ArrowLeft', alt: true }],
    notInText: true,
  },
  'paper.page-on': { group: 'paper', text: 'keys.pageOn', caps: ['Alt+→'], strokes: [{ key: 'ArrowRight', alt: true }], notInText: true },
  'paper.undo': { group: 'paper', text: 'keys.undo', caps: ['Ctrl+Z'], strokes: [{ code: 'KeyZ', ctrl: true }], notInText: true },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof KEY_MAP;
export const COMMAND_IDS = Object.keys(KEY_MAP) as readonly CommandId[];
export const commandOf = (id: CommandId): Command => KEY_MAP[id];
