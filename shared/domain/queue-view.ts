/** Views of what is not registered yet, in the order of the window. */
export const WORK_VIEWS = [
  'mine',
  'unassigned',
  'open',
  'overdue',
  'due-today',
  'signature-problem',
  /** Drafts that a judge sent back to this person, and what this person had put off until now. */
  'waiting',
  /** Mends a filing that the court had sent back. */
  'returned-again',
] as const;
/** Views of what is registered: everything, and what the court sends back or is asked to. */
export const DONE_VIEWS = ['registered', 'sent-back'] as const;
export const QUEUE_VIEWS = [...WORK_VIEWS, ...DONE_VIEWS, 'all'] as const;
