import type { CheckRecord } from './verdict.ts';

export const CHECK_GROUPS = ['format', 'content', 'certificate', 'revocation', 'time', 'acceptance'] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];

type Check = Pick<CheckRecord, 'id' | 'result' | 'reason'>;
/** A check as it is shown: one line for all the certificates that gave the same answer. */
export type ListedCheck = Check & { readonly count: number };

const GROUP_OF_ROOM: Readonly<Record<string, CheckGroup>> = {
  format: 'format',
  pdf: 'format',
  xml: 'format',
  identification: 'content',
  cryptography: 'content',
  path: 'certificate',
  certificate: 'certificate',
  revocation: 'revocation',
  time: 'time',
  timestamp: 'time',
  acceptance: 'acceptance',
};

/** By the first word of its id; what this version does not know stands at the end. */
export const groupOf = (id: string): CheckGroup => GROUP_OF_ROOM[id.split('.', 1)[0] ?? ''] ?? 'acceptance';

/** Checks by subject, in their own order within it; groups without a check are left out. */
export function groupChecks(checks: readonly Check[]): readonly { readonly group: CheckGroup; readonly checks: readonly ListedCheck[] }[] {
  return CHECK_GROUPS.map((group) => ({ group, checks: merge(checks.filter(({ id }) => groupOf(id) === group)) })).filter(
    (part) => part.checks.length > 0,
  );
}

function merge(checks: readonly Check[]): readonly ListedCheck[] {
  const lines = new Map<string, ListedCheck>();
  for (const { id, result, reason } of checks) {
    const key = [id, result, reason].join(' ');
    lines.set(key, { id, result, reason, count: (lines.get(key)?.count ?? 0) + 1 });
  }
  return [...lines.values()];
}

/** How many checks passed, were not in order, were not run. */
export function countChecks(checks: readonly Check[]): { readonly ok: number; readonly problem: number; readonly skipped: number } {
  const of = (...results: readonly Check['result'][]) => checks.filter(({ result }) => results.includes(result)).length;
  return { ok: of('ok'), problem: of('fail', 'warn'), skipped: of('not-run') };
}
