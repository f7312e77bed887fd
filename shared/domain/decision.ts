/** What a judge may decide on a filing. Each is a ruling of its own kind, and only the signed ruling moves the filing. */
export const DECISIONS = ['accept', 'return', 'refuse', 'transfer'] as const;
export type Decision = (typeof DECISIONS)[number];

export type RulingKind = `ruling-${Decision}`;
export const rulingOf = (decision: Decision): RulingKind => `ruling-${decision}`;
/** Null for an act that decides nothing on a filing. */
export const decisionOf = (kind: string): Decision | null => DECISIONS.find((decision) => rulingOf(decision) === kind) ?? null;

export const RULING_KINDS: readonly string[] = DECISIONS.map(rulingOf);

/** The state that a signed ruling brings a filing to. */
export const DECIDED_STATE = { accept: 'accepted', return: 'returned', refuse: 'refused', transfer: 'transferred' } as const;
