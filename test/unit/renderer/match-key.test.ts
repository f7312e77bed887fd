import { describe, expect, test } from 'vitest';
import { COMMAND_IDS, commandOf } from '../../../renderer/app/keys/key-map.ts';
import { digitOfPress, matchKey, type KeyPlace, type KeyPress } from '../../../renderer/app/keys/match-key.ts';

const press = (code: string, key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  repeat: false,
  isComposing: false,
  ...modifiers,
});
const inList: KeyPlace = { singleKeyPlace: true, inText: false, singleKeysOn: true };
const inField: KeyPlace = { singleKeyPlace: false, inText: true, singleKeysOn: true };

describe('the key map', () => {
  /** What the same physical keys give in each layout of a Kazakh office. */
  const LAYOUTS = {
    english: { KeyJ: 'j', KeyK: 'k', KeyR: 'r', KeyP: 'p', KeyL: 'l', KeyF: 'f', Digit1: '1', Digit5: '5', BracketRight: ']', Slash: '/' },
    russian: { KeyJ: 'о', KeyK: 'л', KeyR: 'к', KeyP: 'з', KeyL: 'д', KeyF: 'а', Digit1: '1', Digit5: '5', BracketRight: 'ъ', Slash: '.' },
    kazakh: { KeyJ: 'о', KeyK: 'л', KeyR: 'к', KeyP: 'з', KeyL: 'д', KeyF: 'а', Digit1: '"', Digit5: 'ғ', BracketRight: 'ъ', Slash: '№' },
    /** Some input methods name no key at all. */
    unnamed: { KeyJ: '', KeyK: '', KeyR: '', KeyP: '', KeyL: '', KeyF: '', Digit1: '', Digit5: '', BracketRight: '', Slash: '' },
  } as const;

  test.each(Object.entries(LAYOUTS))('means the same in the %s layout', (_name, keys) => {
    expect(matchKey(press('KeyJ', keys.KeyJ), inList)).toEqual(['list.next-letter']);
    expect(matchKey(press('KeyK', keys.KeyK), inList)).toEqual(['list.previous-letter']);
    expect(matchKey(press('KeyR', keys.KeyR), inList)).toEqual(['filing.recheck', 'act.reviewed', 'paper.turn']);
    expect(matchKey(press('KeyP', keys.KeyP), inList)).toEqual(['filing.talon']);
    expect(matchKey(press('KeyL', keys.KeyL, { ctrlKey: true }), inField)).toEqual(['app.lock']);
    expect(matchKey(press('KeyF', keys.KeyF, { ctrlKey: true }), inField)).toEqual(['document.find']);
    expect(matchKey(press('Digit1', keys.Digit1), inList)).toEqual(['filing.check']);
    expect(matchKey(press('Digit5', keys.Digit5, { ctrlKey: true }), inField)).toEqual(['app.rail']);
    expect(matchKey(press('BracketRight', keys.BracketRight), inList)).toEqual(['document.next']);
    expect(matchKey(press('Slash', keys.Slash, { ctrlKey: true }), inField)).toEqual(['app.keys']);
    expect(digitOfPress({ code: 'Digit5' })).toBe(5);
  });

  test('single keys are dead in a text field and when they are switched off', () => {
    for (const code of ['KeyJ', 'KeyR', 'KeyP', 'Digit1', 'BracketLeft', 'Equal']) {
      expect(matchKey(press(code, ''), inField)).toEqual([]);
      expect(matchKey(press(code, ''), { ...inList, singleKeysOn: false })).toEqual([]);
    }
  });

  test('named keys and Ctrl work everywhere, single keys off or not', () => {
    const off: KeyPlace = { ...inField, singleKeysOn: false };
    expect(matchKey(press('Enter', 'Enter', { ctrlKey: true }), off)).toEqual(['filing.register', 'act.sign']);
    expect(matchKey(press('F9', 'F9'), off)).toEqual(['filing.defects']);
    expect(matchKey(press('F8', 'F8'), off)).toEqual(['queue.postpone', 'filing.postpone', 'paper.scan']);
    expect(matchKey(press('F6', 'F6', { shiftKey: true }), off)).toEqual(['app.previous-pane']);
    expect(matchKey(press('Escape', 'Escape'), off)).toEqual(['app.back']);
  });

  test('what a text field does by itself is left to it', () => {
    for (const [own, command] of [
      [press('KeyZ', 'я', { ctrlKey: true }), 'paper.undo'],
      [press('Delete', 'Delete'), 'paper.drop-page'],
      [press('ArrowLeft', 'ArrowLeft', { altKey: true }), 'paper.page-back'],
    ] as const) {
      expect(matchKey(own, inList)).toContain(command);
      expect(matchKey(own, inField)).toEqual([]);
    }
  });

  test('AltGr (Ctrl and Alt together) and the Windows key never run a command', () => {
    for (const code of ['KeyK', 'KeyL', 'KeyF', 'Digit1', 'Slash', 'Enter', 'ArrowDown']) {
      expect(matchKey(press(code, code, { ctrlKey: true, altKey: true }), inList)).toEqual([]);
      expect(matchKey(press(code, code, { metaKey: true }), inList)).toEqual([]);
    }
  });

  test('a held key moves on but never registers, locks or signs again', () => {
    expect(matchKey(press('ArrowDown', 'ArrowDown', { repeat: true }), inList)).toEqual(['list.next']);
    expect(matchKey(press('Enter', 'Enter', { ctrlKey: true, repeat: true }), inList)).toEqual([]);
    expect(matchKey(press('Digit1', '1', { repeat: true }), inList)).toEqual([]);
    expect(matchKey(press('KeyL', 'l', { ctrlKey: true, repeat: true }), inList)).toEqual([]);
  });

  test('letters being composed are left alone', () => {
    expect(matchKey(press('KeyJ', 'Process', { isComposing: true }), inList)).toEqual([]);
  });

  test('the number pad ticks checks too', () => {
    expect(matchKey(press('Numpad3', '3'), inList)).toEqual(['filing.check']);
    expect(digitOfPress({ code: 'Numpad3' })).toBe(3);
    expect(digitOfPress({ code: 'KeyA' })).toBeNull();
  });

  test('nothing takes Ctrl+Alt, Ctrl+R or Ctrl+W from the system', () => {
    const taken = COMMAND_IDS.flatMap((id) => commandOf(id).strokes.map((stroke) => ({ id, stroke })));
    expect(taken.filter(({ stroke }) => stroke.ctrl && stroke.alt)).toEqual([]);
    expect(taken.filter(({ stroke }) => stroke.ctrl && (stroke.code === 'KeyR' || stroke.code === 'KeyW'))).toEqual([]);
  });
});
