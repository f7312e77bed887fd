/**
 * The workflow of a filing: the one table that the core obeys, the database CHECK repeats and the window asks.
 *
 *   received ─► checking ─► registered ─► with-judge ─► accepted | returned | refused | transferred
 *                                │             └──────► fulfilled | refused          (requests)
 *                                └────────────────────► fulfilled                    (requests that need no ruling)
 *
 * `flagged` (defects were marked) is a property, not a state: a flagged filing is registered too.
 * Only a signed ruling leaves `with-judge`.
 */
export const FILING_STATES = [
  'received',
  'checking',
  'registered',
  'with-judge',
  'accepted',
  'returned',
  'refused',
  'transferred',
  'fulfilled',
] as const;
export type FilingState = (typeof FILING_STATES)[number];

/** The court has ended its work on it otherwise than by taking it up: what its sender mends may come again. */
export const SENT_BACK: readonly FilingState[] = ['returned', 'refused', 'transferred'];

/** What moves a filing. `ruling-*` are signed acts of a judge. */
export type FilingMove =
  'open' | 'register' | 'send-to-judge' | 'ruling-accept' | 'ruling-return' | 'ruling-refuse' | 'ruling-transfer' | 'fulfil';

const MOVES: Readonly<Record<FilingMove, { readonly from: readonly FilingState[]; readonly to: FilingState }>> = {
  open: { from: ['received'], to: 'checking' },
  register: { from: ['received', 'checking'], to: 'registered' },
  'send-to-judge': { from: ['registered'], to: 'with-judge' },
  'ruling-accept': { from: ['with-judge'], to: 'accepted' },
  'ruling-return': { from: ['with-judge'], to: 'returned' },
  'ruling-refuse': { from: ['with-judge'], to: 'refused' },
  'ruling-transfer': { from: ['with-judge'], to: 'transferred' },
  fulfil: { from: ['registered', 'with-judge'], to: 'fulfilled' },
};
export const FILING_MOVES = Object.keys(MOVES) as readonly FilingMove[];

/** The state a move leads to, or null when the table does not allow it from here. */
export function moveFiling(state: FilingState, move: FilingMove): FilingState | null {
  const rule = MOVES[move];
  return rule.from.includes(state) ? rule.to : null;
}
