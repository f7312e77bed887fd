import type { FactCorrection, FactView, RegisteredFacts } from '../../shared/contract/index.ts';
import { parseCaseNumber } from '../../shared/domain/case-number.ts';
import { REGISTERED_FACTS, type RegisteredFact } from '../../shared/domain/registered-facts.ts';
import { factCorrectionMessageSchema, type FeedItem } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading, Store, Writing } from '../store/index.ts';
import { CONFIRMED, standingOf, type Standing } from '../sync/index.ts';
import { correctionDetails } from './correction-details.ts';
import { readFiling, type FilingRecord } from './filing-record.ts';
import { factSubject } from './work-subject.ts';

type Place = { readonly fact: RegisteredFact; readonly party: number | null };
type Row = {
  id: string;
  fact: string;
  party: number | null;
  before_value: string | null;
  after_value: string | null;
  reason: string;
  by: string;
  made_at: string;
  command: string | null;
};

/** Those that were not taken back, in the order in which the registry told them; own ones of which it has not yet heard come last. */
const rowsOf = (read: Reading, filingId: string): (Row & { readonly standing: Standing })[] =>
  read
    .all<Row>(
      `SELECT c.id, c.fact, c.party, c.before_value, c.after_value, c.reason, coalesce(u.name, c.by_user) AS by, c.made_at, c.command
       FROM fact_correction c LEFT JOIN app_user u ON u.id = c.by_user
       WHERE c.filing_id = ? ORDER BY c.told IS NULL, c.told, c.made_at, c.id`,
      filingId,
    )
    .flatMap((row) => {
      const standing = row.command === null ? CONFIRMED : standingOf(read, row.command);
      return standing === 'withdrawn' ? [] : [{ ...row, standing }];
    });

/** What a filing was registered with, in the order in which it is shown; a party is known by its place. */
function registered(filing: FilingRecord): (Place & { readonly value: string | null })[] {
  const { message } = filing;
  const own = (fact: RegisteredFact, value: string | null | undefined) => ({ fact, party: null, value: value ?? null });
  const people = [
    ...message.parties.map((person, party) => ({ person, party })),
    ...(message.representative ? [{ person: message.representative, party: -1 }] : []),
  ];
  return [
    own('incomingNumber', filing.incomingNumber),
    own('caseNumber', filing.caseNumber ?? filing.joinsCase),
    own('receivedAt', message.receivedAt),
    own('registeredAt', filing.registeredAt),
    own('kind', filing.kind),
    own('category', message.category),
    ...people.flatMap(({ person: { name, iin, bin, address }, party }) => [
      { fact: 'name' as const, party, value: name },
      { fact: 'iin' as const, party, value: iin ?? null },
      { fact: 'bin' as const, party, value: bin ?? null },
      { fact: 'address' as const, party, value: address ?? null },
    ]),
  ];
}

/** The facts of a registered filing with what holds now (nothing that the registry refused), and every correction, newest first; null for one that is unknown or not registered. */
export function readFacts(read: Reading, filingId: string): RegisteredFacts | null {
  const filing = readFiling(read, filingId);
  if (!filing || filing.registeredAt === null) return null;
  const rows = rowsOf(read, filingId);
  const facts = registered(filing).map(({ fact, party, value }): FactView => {
    const last = rows.findLast((row) => row.fact === fact && row.party === party && row.standing.state !== 'refused');
    return { fact, party, registered: value, now: last ? last.after_value : value };
  });
  const known = (fact: string): fact is RegisteredFact => (REGISTERED_FACTS as readonly string[]).includes(fact);
  const corrections = rows.flatMap(
    ({ fact, party, before_value: before, after_value: after, made_at: madeAt, id, reason, by, standing }) => {
      const held = facts.find((seen) => seen.fact === fact && seen.party === party);
      return known(fact)
        ? [{ id, fact, party, before, after, reason, by, madeAt, standing, now: held?.now ?? null } satisfies FactCorrection]
        : [];
    },
  );
  return { facts, corrections: corrections.reverse() };
}

export type CorrectFact = Place & {
  readonly id: string;
  readonly actor: string;
  /** What the person saw. */
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: string;
};

/**
 * Writes down that a registered fact is wrong, what is right and why; the fact stays as it was registered. Errors: `not-found`, `move-not-allowed`
 * before registration, `stale-revision` when something else holds meanwhile, `kind-unknown`, `input-invalid` with the field that is wrong.
 */
export function correctFact(
  { store, reference, clock, newId }: { store: Store; reference: Reference; clock: () => string; newId: () => string },
  { id, actor, fact, party, before, after, reason }: CorrectFact,
): Result<null> {
  const at = clock();
  return store.write((tx) => {
    const filing = readFiling(tx, id);
    if (!filing) return fail('not-found');
    const held = readFacts(tx, id);
    if (held === null) return fail('move-not-allowed', { state: filing.state });
    const seen = held.facts.find((known) => known.fact === fact && known.party === party);
    if (!seen) return fail('input-invalid', { field: 'fact' });
    if (seen.now !== before) return fail('stale-revision');
    const value = after?.trim() || null;
    if (fact === 'kind' && value !== null && !reference.kindRule(value)) return fail('kind-unknown');
    if (value === before || !isFit(fact, value, at)) return fail('input-invalid', { field: 'after' });
    const [correctionId, command] = [newId(), newId()];
    tx.run(
      `INSERT INTO fact_correction (id, filing_id, fact, party, before_value, after_value, reason, by_user, made_at, command)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[correctionId, id, fact, party, before, value, reason, actor, at, command],
    );
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', id);
    const details = {
      fact,
      ...(party === null ? {} : { party }),
      ...correctionDetails(correctionId, { [fact]: before }, { [fact]: value }),
      reason,
    };
    tx.journal({ at, actor, action: 'fact.corrected', subject: id, details });
    const payload = { correctionId, filingId: id, fact, party, before, after: value, reason, madeAt: at };
    tx.outbox({ id: command, subject: factSubject(tx, id), kind: 'fact.correct', actor, at, uploads: [], payload });
    return ok(null);
  });
}

const NUMBERS = /^\d{4}-\d{2}-\d{6}$/;
function isFit(fact: RegisteredFact, value: string | null, now: string): boolean {
  switch (fact) {
    case 'incomingNumber':
      return value !== null && NUMBERS.test(value);
    case 'caseNumber':
      return value === null || parseCaseNumber(value) !== null;
    case 'receivedAt':
    case 'registeredAt':
      return value !== null && /Z$/.test(value) && Date.parse(value) <= Date.parse(now);
    case 'iin':
    case 'bin':
      return value === null || /^\d{12}$/.test(value);
    case 'kind':
    case 'name':
      return value !== null;
    case 'category':
    case 'address':
      return true;
  }
}

export const isOfFacts = (kind: string): boolean => kind === 'filing.fact-corrected';

/** Takes over what the registry tells, of this desk or of another; in that order the corrections hold. */
export function applyFactItem(tx: Writing, item: FeedItem, at: string): 'applied' | { deferred: string } {
  if (item.version !== 1) return { deferred: 'newer-version' };
  const parsed = factCorrectionMessageSchema.safeParse(item.data);
  if (!parsed.success) return { deferred: 'malformed' };
  const { correctionId, filingId, fact, party, before, after, reason, by, madeAt } = parsed.data;
  const told = '(SELECT coalesce(max(told), 0) + 1 FROM fact_correction)';
  if (tx.run(`UPDATE fact_correction SET command = NULL, told = coalesce(told, ${told}) WHERE id = ?`, correctionId) > 0) return 'applied';
  tx.run(
    `INSERT INTO fact_correction (id, filing_id, fact, party, before_value, after_value, reason, by_user, made_at, told)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ${told})`,
    ...[correctionId, filingId, fact, party, before, after, reason, by, madeAt],
  );
  tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filingId);
  const kept = correctionDetails(correctionId, { [fact]: before }, { [fact]: after });
  const details = { fact, ...(party === null ? {} : { party }), elsewhere: 1, ...kept, reason };
  tx.journal({ at, actor: by, action: 'fact.corrected', subject: filingId, details });
  return 'applied';
}
