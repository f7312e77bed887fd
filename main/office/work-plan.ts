import type { ShareRule } from '../../shared/domain/share-work.ts';
import {
  absenceMessageSchema,
  normMessageSchema,
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
  const { absenceId, userId, from, until, coveredBy, withdrawn, kind } = absence;
  if (from > until) return fail('input-invalid', { field: 'until' });
  if (coveredBy === userId) return fail('input-invalid', { field: 'coveredBy' });
  const unknown = [userId, coveredBy].some((id) => id !== null && !isKnown(parts.store.read, id));
  if (unknown) return fail('user-unknown');
  const details = { person: userId, from, until, kind, coveredBy: coveredBy ?? '' };
  return say(parts, {
    ...{ entry: absenceEntry(absenceId), kind: 'absence.set', payload: absence, actor },
    ...{ action: withdrawn ? 'work-plan.absence-withdrawn' : 'work-plan.absence-set', details },
  });
}

/** Says how many open filings somebody can carry, or everybody without a norm of his own. Errors: `user-unknown`. */
export function setNorm(parts: PlanParts, { userId, norm, actor }: By & Norm): Result<null> {
  if (userId !== null && !isKnown(parts.store.read, userId)) return fail('user-unknown');
  const before = readWorkPlan(parts.store.read).norms.get(userId ?? '');
  return say(parts, {
    ...{ entry: normEntry(userId), kind: 'norm.set', payload: { userId, norm }, actor },
    ...{ action: 'work-plan.norm-set', details: { person: userId ?? '', norm: norm ?? '', before: before ?? '' } },
  });
}

/** Lays the rules of sharing down, all of them in their order. Errors: `input-invalid`. */
export function setShareRules(parts: PlanParts, { rules, actor }: By & { readonly rules: readonly ShareRule[] }): Result<null> {
  if (new Set(rules.map(({ id }) => id)).size < rules.length) return fail('input-invalid', { field: 'rules' });
  const payload = { rules: rules.map((rule) => ({ ...rule, kinds: [...rule.kinds], people: [...rule.people] })) };
  const details = { rules: rules.length, on: rules.filter(({ on }) => on).length, text: JSON.stringify(payload.rules) };
  return say(parts, { entry: RULES, kind: 'share-rules.set', payload, actor, action: 'work-plan.rules-set', details });
}

type PlanKind = 'absence.set' | 'norm.set' | 'share-rules.set';
type Said<K extends PlanKind = PlanKind> = By & {
  readonly entry: string;
  readonly kind: K;
  readonly payload: CommandPayload<K>;
  readonly action: string;
  readonly details: Readonly<Record<string, string | number>>;
};

function say({ store, clock, newId }: PlanParts, { entry, kind, payload, actor, action, details }: Said): Result<null> {
  const [at, id] = [clock(), newId()];
  return store.write((tx) => {
    tx.run(
      `INSERT INTO work_plan (entry, content, command) VALUES (?, ?, ?)
       ON CONFLICT (entry) DO UPDATE SET content = excluded.content, command = excluded.command`,
      ...[entry, JSON.stringify(payload), id],
    );
    tx.journal({ at, actor, action, subject: null, details });
    tx.outbox({ id, subject: WORK_PLAN_SUBJECT, kind, actor, at, uploads: [], payload });
    return ok(null);
  });
}

const isKnown = (read: Reading, id: string): boolean => read.get('SELECT 1 FROM app_user WHERE id = ?', id) !== undefined;

const MESSAGES = {
  'absence.changed': { schema: absenceMessageSchema, entryOf: (data: { absenceId: string }) => absenceEntry(data.absenceId) },
  'norm.changed': { schema: normMessageSchema, entryOf: (data: { userId: string | null }) => normEntry(data.userId) },
  'share-rules.changed': { schema: shareRulesMessageSchema, entryOf: () => RULES },
} as const;
export const isOfWorkPlan = (kind: string): kind is keyof typeof MESSAGES => Object.hasOwn(MESSAGES, kind);

/** Takes over what the registry tells of the plan. What this desk has said since, and the registry has not told yet, stays. */
export function applyWorkPlanItem(tx: Writing, item: FeedItem, at: string): 'applied' | { deferred: string } {
  if (item.version !== 1) return { deferred: 'newer-version' };
  if (!isOfWorkPlan(item.kind)) return { deferred: 'unknown-kind' };
  const { schema, entryOf } = MESSAGES[item.kind];
  const parsed = schema.safeParse(item.data);
  if (!parsed.success) return { deferred: 'malformed' };
  const entry = (entryOf as (data: object) => string)(parsed.data);
  const { by, command, ...told } = parsed.data;
  const held = JSON.stringify(told);
  const own = tx.get<{ command: string | null; state: string | null }>(
    `SELECT w.command, CASE WHEN o.last_code IS NOT 'withdrawn' OR o.state <> 'done' THEN o.state END AS state
     FROM work_plan w LEFT JOIN outbox o ON o.id = w.command WHERE w.entry = ?`,
    entry,
  );
  const stands = own?.command != null && own.command !== command && own.state !== null;
  if (stands) tx.run('UPDATE work_plan SET held = ? WHERE entry = ?', held, entry);
  else
    tx.run(
      `INSERT INTO work_plan (entry, content, held) VALUES (?, ?, ?)
       ON CONFLICT (entry) DO UPDATE SET content = excluded.content, held = excluded.held, command = NULL`,
      ...[entry, held, held],
    );
  tx.journal({ at, actor: null, action: 'work-plan.told', subject: null, details: { entry, by } });
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
