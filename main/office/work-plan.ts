import { createHash } from 'node:crypto';
import { formerOf } from '../../shared/domain/former.ts';
import type { ShareRule } from '../../shared/domain/share-work.ts';
import {
  absenceMessageSchema,
  normMessageSchema,
  rulesText,
  shareRulesMessageSchema,
  type CommandPayload,
  type FeedItem,
} from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Reading, Store, Writing } from '../store/index.ts';

export type Absence = CommandPayload<'absence.set'>;
export type Norm = CommandPayload<'norm.set'>;
/** What holds at this desk; `norms` by person, the one of '' is everybody's who has none. */
export type WorkPlan = {
  readonly absences: readonly Absence[];
  readonly norms: ReadonlyMap<string, number>;
  readonly rules: readonly ShareRule[];
};
export type PlanParts = { readonly store: Store; readonly clock: () => string; readonly newId: () => string };

/** Under which subject of the outbox the plan goes: in its order, and in the way of no filing. */
export const WORK_PLAN_SUBJECT = 'work-plan';
const RULES = 'rules';
const absenceEntry = (id: string) => `absence:${id}`;
const normEntry = (who: string | null) => `norm:${who ?? ''}`;

export function readWorkPlan(read: Reading): WorkPlan {
  const rows = read.all<{ entry: string; content: string }>(
    'SELECT entry, content FROM work_plan WHERE content IS NOT NULL ORDER BY entry',
  );
  const of = <T>(start: string) => rows.filter(({ entry }) => entry.startsWith(start)).map(({ content }) => JSON.parse(content) as T);
  const norms = of<Norm>('norm:').flatMap(({ userId, norm }) => (norm === null ? [] : [[userId ?? '', norm] as const]));
  return {
    absences: of<Absence>('absence:').filter(({ withdrawn }) => !withdrawn),
    norms: new Map(norms),
    rules: of<CommandPayload<'share-rules.set'>>(RULES)[0]?.rules ?? [],
  };
}

type By = { readonly actor: string };

/** Says when somebody is away, or that he is not after all. Errors: `input-invalid` with its `field`, `user-unknown`. */
export function setAbsence(parts: PlanParts, { absence, actor }: By & { readonly absence: Absence }): Result<null> {
  const { absenceId, userId, from, until, coveredBy, withdrawn } = absence;
  if (from > until) return fail('input-invalid', { field: 'until' });
  if (coveredBy === userId) return fail('input-invalid', { field: 'coveredBy' });
  const unknown = [userId, coveredBy].some((id) => id !== null && !isKnown(parts.store.read, id));
  if (unknown) return fail('user-unknown');
  return say(parts, {
    ...{ entry: absenceEntry(absenceId), kind: 'absence.set', payload: absence, actor },
    action: withdrawn ? 'work-plan.absence-withdrawn' : 'work-plan.absence-set',
  });
}

/** Says how many open filings somebody can carry, or everybody without a norm of his own. Errors: `user-unknown`. */
export function setNorm(parts: PlanParts, { userId, norm, actor }: By & Norm): Result<null> {
  if (userId !== null && !isKnown(parts.store.read, userId)) return fail('user-unknown');
  return say(parts, { entry: normEntry(userId), kind: 'norm.set', payload: { userId, norm }, actor, action: 'work-plan.norm-set' });
}

/**
 * Lays the rules of sharing down, all of them in their order; answers with those that held at this desk, in whose place they are. The registry, which gives
 * filings out by them at once, hears of it after `unsaidMs` (default 0), and never of what this takes the place of before it was told. Errors: `input-invalid`.
 */
export function setShareRules(
  parts: PlanParts,
  { rules, actor, unsaidMs = 0 }: By & { readonly rules: readonly ShareRule[]; readonly unsaidMs?: number },
): Result<readonly ShareRule[]> {
  if (new Set(rules.map(({ id }) => id)).size < rules.length) return fail('input-invalid', { field: 'rules' });
  const payload = { rules: rules.map((rule) => ({ ...rule, kinds: [...rule.kinds], people: [...rule.people] })) };
  return parts.store.write((tx) => {
    const before = readWorkPlan(tx).rules;
    const seen = unsayRules(tx) ?? createHash('sha256').update(rulesText(before)).digest('hex');
    say(parts, { entry: RULES, kind: 'share-rules.set', payload, seen: { seen }, actor, action: 'work-plan.rules-set' });
    const until = new Date(Date.parse(parts.clock()) + unsaidMs).toISOString();
    tx.run(`UPDATE outbox SET next_attempt_at = ? WHERE id = ${OWN_RULES}`, until);
    return ok(before);
  });
}

/** Puts the rules back to those `before`, unless they are no longer those that were laid down (`after`): then 0 are changed. */
export function takeBackShareRules(
  parts: PlanParts,
  { before, after, actor }: By & { readonly before: readonly ShareRule[]; readonly after: readonly ShareRule[] },
): Result<number> {
  if (rulesText(readWorkPlan(parts.store.read).rules) !== rulesText(after)) return ok(0);
  const done = setShareRules(parts, { rules: before, actor });
  return done.ok ? ok(1) : done;
}

const OWN_RULES = `(SELECT command FROM work_plan WHERE entry = '${RULES}')`;

/** What this desk has said of the rules and the registry has not been told yet is not told; answers with the hash of the rules that it was said of. */
function unsayRules(tx: Writing): string | undefined {
  const row = tx.get<{ payload: string }>(
    `UPDATE outbox SET state = 'done', last_code = 'withdrawn', next_attempt_at = NULL
     WHERE id = ${OWN_RULES} AND state = 'waiting' AND attempts = 0 RETURNING payload`,
  );
  return row && (JSON.parse(row.payload) as CommandPayload<'share-rules.set'>).seen;
}

type Rules = CommandPayload<'share-rules.set'>;
type Details = Readonly<Record<string, string | number>>;
const factsOf = ({ userId, from, until, kind, coveredBy }: Absence) => ({ person: userId, from, until, kind, coveredBy: coveredBy ?? '' });

/** What an entry of the journal says of a part of the plan: how it is, and how it was where it was otherwise. */
const DETAILS = {
  'absence.set': (now: Absence, was: Absence | null): Details => ({ ...factsOf(now), ...(was && formerOf(factsOf(now), factsOf(was))) }),
  'norm.set': ({ userId, norm }: Norm, was: Norm | null): Details => ({
    ...{ person: userId ?? '', norm: norm ?? '' },
    ...(norm !== (was?.norm ?? null) && { before: was?.norm ?? '' }),
  }),
  'share-rules.set': ({ rules }: Rules, was: Rules | null): Details => {
    const [text, before] = [rulesText(rules), rulesText(was?.rules ?? [])];
    return { rules: rules.length, on: rules.filter(({ on }) => on).length, text, ...(before !== text && { before }) };
  },
} as const;
const detailsOf = (kind: PlanKind, now: object, was: string | null): Details =>
  (DETAILS[kind] as (now: object, was: object | null) => Details)(now, was === null ? null : (JSON.parse(was) as object));

type PlanKind = 'absence.set' | 'norm.set' | 'share-rules.set';
type Said<K extends PlanKind = PlanKind> = By & {
  readonly entry: string;
  readonly kind: K;
  readonly payload: CommandPayload<K>;
  /** Goes to the registry with the command and is no part of the plan. */
  readonly seen?: { readonly seen: string };
  readonly action: string;
};

function say({ store, clock, newId }: PlanParts, { entry, kind, payload, seen, actor, action }: Said): Result<null> {
  const [at, id] = [clock(), newId()];
  return store.write((tx) => {
    const was = tx.get<{ content: string | null }>('SELECT content FROM work_plan WHERE entry = ?', entry);
    tx.run(
      `INSERT INTO work_plan (entry, content, command) VALUES (?, ?, ?)
       ON CONFLICT (entry) DO UPDATE SET content = excluded.content, command = excluded.command`,
      ...[entry, JSON.stringify(payload), id],
    );
    tx.journal({ at, actor, action, subject: null, details: detailsOf(kind, payload, was?.content ?? null) });
    tx.outbox({ id, subject: WORK_PLAN_SUBJECT, kind, actor, at, uploads: [], payload: { ...payload, ...seen } });
    return ok(null);
  });
}

const isKnown = (read: Reading, id: string): boolean => read.get('SELECT 1 FROM app_user WHERE id = ?', id) !== undefined;

const MESSAGES = {
  'absence.changed': {
    says: 'absence.set',
    schema: absenceMessageSchema,
    entryOf: (data: { absenceId: string }) => absenceEntry(data.absenceId),
  },
  'norm.changed': { says: 'norm.set', schema: normMessageSchema, entryOf: (data: { userId: string | null }) => normEntry(data.userId) },
  'share-rules.changed': { says: 'share-rules.set', schema: shareRulesMessageSchema, entryOf: () => RULES },
} as const;
export const isOfWorkPlan = (kind: string): kind is keyof typeof MESSAGES => Object.hasOwn(MESSAGES, kind);

/** Takes over what the registry tells of the plan. What this desk has said since, and the registry has not told yet, stays. */
export function applyWorkPlanItem(tx: Writing, item: FeedItem, at: string): 'applied' | { deferred: string } {
  if (item.version !== 1) return { deferred: 'newer-version' };
  if (!isOfWorkPlan(item.kind)) return { deferred: 'unknown-kind' };
  const { says, schema, entryOf } = MESSAGES[item.kind];
  const parsed = schema.safeParse(item.data);
  if (!parsed.success) return { deferred: 'malformed' };
  const entry = (entryOf as (data: object) => string)(parsed.data);
  const { by, command, ...told } = parsed.data;
  const held = JSON.stringify(told);
  const own = tx.get<{ command: string | null; state: string | null; content: string | null; held: string | null }>(
    `SELECT w.command, w.content, w.held, CASE WHEN o.last_code IS NOT 'withdrawn' OR o.state <> 'done' THEN o.state END AS state
     FROM work_plan w LEFT JOIN outbox o ON o.id = w.command WHERE w.entry = ?`,
    entry,
  );
  const stands = own?.command != null && own.command !== command && own.state !== null;
  const what = detailsOf(says, told, (stands ? own.held : own?.content) ?? null);
  const withdrawn = 'withdrawn' in told && told.withdrawn === true;
  if (stands) tx.run('UPDATE work_plan SET held = ? WHERE entry = ?', held, entry);
  else
    tx.run(
      `INSERT INTO work_plan (entry, content, held) VALUES (?, ?, ?)
       ON CONFLICT (entry) DO UPDATE SET content = excluded.content, held = excluded.held, command = NULL`,
      ...[entry, held, held],
    );
  tx.journal({
    at,
    actor: null,
    action: 'work-plan.told',
    subject: null,
    details: { entry, by, ...(withdrawn && { withdrawn: 1 }), ...what },
  });
  return 'applied';
}

/** What this desk said of the plan and has been withdrawn gives way to what the registry told last. */
export function settleWorkPlan(tx: Writing): void {
  tx.run(
    `UPDATE work_plan SET content = held, command = NULL
     WHERE command IN (SELECT id FROM outbox WHERE subject = ? AND state = 'done' AND last_code = 'withdrawn')`,
    WORK_PLAN_SUBJECT,
  );
}
