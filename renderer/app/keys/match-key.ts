import { COMMAND_IDS, commandOf, type CommandId, type Stroke } from './key-map.ts';

/** The parts of a keyboard event that decide; `code` is the physical key. */
export type KeyPress = {
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
};
export type KeyPlace = {
  /** Focus is inside a list, the document or the checklist, and not in a text field. */
  readonly singleKeyPlace: boolean;
  readonly inText: boolean;
  readonly singleKeysOn: boolean;
};

function isStroke(press: KeyPress, stroke: Stroke): boolean {
  if (press.ctrlKey !== (stroke.ctrl ?? false) || press.altKey !== (stroke.alt ?? false) || press.metaKey) return false;
  if (stroke.shift !== 'any' && press.shiftKey !== (stroke.shift ?? false)) return false;
  return stroke.code === undefined ? press.key === stroke.key : press.code === stroke.code;
}

/** Every command this press may mean here; which one runs is decided by who listens. */
export function matchKey(press: KeyPress, place: KeyPlace): readonly CommandId[] {
  if (press.isComposing) return [];
  return COMMAND_IDS.filter((id) => {
    const command = commandOf(id);
    if (command.single && !(place.singleKeyPlace && place.singleKeysOn)) return false;
    if (command.notInText && place.inText) return false;
    if (press.repeat && !command.repeats) return false;
    return command.strokes.some((stroke) => isStroke(press, stroke));
  });
}

/** The digit of the physical key, main row or number pad; null for other keys. */
export function digitOfPress(press: Pick<KeyPress, 'code'>): number | null {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  return digit === undefined ? null : Number(digit);
}
