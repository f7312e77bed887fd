/** The parts of a key press that matter here; a `KeyboardEvent` is one. */
type KeyPress = {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
};

/**
 * The digit of a physical key where the layout gives something else: the Kazakh layout has letters in the digit row.
 * Null when the layout already gives what the key shows, or when the press means something else.
 */
export function digitOf(press: KeyPress): string | null {
  if (press.shiftKey || press.ctrlKey || press.altKey || press.metaKey) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  if (digit === undefined || press.key === digit) return null;
  // a number pad without NumLock moves the cursor
  return press.key.length === 1 ? digit : null;
}
