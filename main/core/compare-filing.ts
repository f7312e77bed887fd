import { createHash } from 'node:crypto';
import type { Conflict } from '../../shared/contract/index.ts';
import { filingStateSchema, LIMITS, type RegistryFilingState } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import {
  applyCorrections,
  filingOfSubject,
  isBesideFiling,
  isRegisteredHere,
  isWorkSubject,
  openSubjects,
  readFiling,
  settleOwnWork,
  takeRegistryState,
  withdrawLink,
  type FilingRecord,
} from '../intake/index.ts';
import { settleWorkPlan, WORK_PLAN_SUBJECT } from '../office/index.ts';
import { sendToJudge } from '../registration/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import { RegistryFailure } from '../sync/index.ts';
import type { Desk } from './desk.ts';
import { historyOf } from './filing-view.ts';

type ParkedRow = { id: string; subject: string; kind: string; code: string };
type Held = { readonly state: RegistryFilingState; readonly asOf: string; readonly live: boolean };

/**
 * The filing of a parked item as it is here beside how the registry holds it. Errors: `not-found` when the item is not parked any more or is about no
 * filing, those of the registry.
 */
export async function compareFiling(desk: Desk, outboxId: string): Promise<Result<Conflict>> {
  const { read } = desk.store;
  const row = parkedRow(read, outboxId);
  const known = row && readFiling(read, filingOfSubject(row.subject));
  if (!known) return fail('not-found');
  const held = await askRegistry(desk, known.id);
  if (!held.ok) return held;
  const filing = readFiling(read, known.id)!;
  const { state, asOf, live } = held.value;
  const facts = factsOf(read, filing, state);
  // who works on it, what was handed in to it and what is corrected beside its facts are matters of their own: the registration stays as it is
  const alone = isBesideFiling(row.subject);
  const givesWay = !alone && filing.incomingNumber !== null && filing.incomingNumber !== state.incomingNumber;
  return ok({
    asOf,
    live,
    facts,
    registeredBy: isRegisteredHere(read, filing.id)
      ? (read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', filing.registeredBy)?.name ?? null)
      : null,
    withdraws: alone
      ? [row.kind]
      : openSubjects(filing.id, givesWay)
          .flatMap((subject) =>
            read.all<{ kind: string }>("SELECT kind FROM outbox WHERE subject = ? AND state <> 'done' ORDER BY position", subject),
          )
          .map(({ kind }) => kind),
    voids: givesWay && mayVoid(row.code) ? [filing.incomingNumber, filing.caseNumber].filter((number) => number !== null) : [],
    setsAside: alone ? 0 : facts.filter(({ fact, registry }) => fact === 'act' && registry === null).length,
    history: historyOf(read, filing.id),
  });
}

export type TakingOver = { readonly actor: string; readonly reason: string; readonly isHead: boolean };

/**
 * A person takes over what the registry holds, with a reason that stays in the journal. An item that is about no filing, or of something beside one, is withdrawn alone. Needs the
 * line. Errors: `not-found` when it is not parked any more, `act-signed` when a signed ruling would be set aside by anybody but the head, those of the
 * registry.
 */
export async function takeOverRegistry(desk: Desk, outboxId: string, by: TakingOver): Promise<Result<{ subject: string }>> {
  const { store, config } = desk;
  const row = parkedRow(store.read, outboxId);
  if (!row) return fail('not-found');
  const { subject } = row;
  if (!readFiling(store.read, subject)) {
    store.write((tx) => withdrawOne(tx, row, by, config.clock()));
    return ok({ subject: filingOfSubject(subject) });
  }
  const held = await desk.client.filingState(subject);
  if (!held.ok) return held;
  if (held.value === null) return fail('registry-refused', { code: 'not-found' });
  const state = held.value;
  const talon = await fetchTalon(desk, state);
  if (!talon.ok) return talon;
  const taken = store.write((tx) => {
    if (!parkedRow(tx, outboxId)) return fail('not-found');
    const done = takeRegistryState(tx, state, {
      actor: by.actor,
      at: config.clock(),
      newId: config.newId,
      reason: by.reason,
      setActsAside: by.isHead,
      voidNumbers: mayVoid(row.code),
      talonSize: talon.value,
    });
    // a judge who has left may have been the obstacle
    if (done.ok) applyCorrections(tx, desk.reference, subject, config.clock());
    if (done.ok) sendToJudge(tx, desk.registration, readFiling(tx, subject)!, by.actor);
    return done;
  });
  return taken.ok ? ok({ subject }) : taken;
}

/** The filing that a parked item is about; null when it is not parked any more. */
export const filingOfParked = (read: Reading, outboxId: string): string | null => {
  const row = parkedRow(read, outboxId);
  return row ? filingOfSubject(row.subject) : null;
};

const parkedRow = (read: Reading, outboxId: string): ParkedRow | undefined =>
  read.get<ParkedRow>("SELECT id, subject, kind, coalesce(last_code, '') AS code FROM outbox WHERE id = ? AND state = 'parked'", outboxId);

/** Numbers that the registry gave to another desk, or that hold something there, are not this desk's to declare void. */
const mayVoid = (code: string) => code !== 'number-taken' && code !== 'number-not-leased';

/** What a filing is shown with otherwise when it is not said any more. */
const SHOWN_IN_FILING = ['fact.correct', 'filing.add-annexes'];

function withdrawOne(tx: Writing, { id, subject, kind }: ParkedRow, { actor, reason }: TakingOver, at: string): void {
  tx.run("UPDATE outbox SET state = 'done', last_code = 'withdrawn', next_attempt_at = NULL WHERE id = ?", id);
  const filing = filingOfSubject(subject);
  tx.journal({ at, actor, action: 'outbox.withdrawn', subject: filing, details: { id, kind, reason } });
  if (isWorkSubject(subject)) settleOwnWork(tx, filing);
  if (kind === 'filing.link') withdrawLink(tx, id);
  if (SHOWN_IN_FILING.includes(kind)) tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filing);
  if (subject === WORK_PLAN_SUBJECT) settleWorkPlan(tx);
}

/** Asks the registry; without a line, what the feed has told of a registration by another desk. */
async function askRegistry(desk: Desk, filingId: string): Promise<Result<Held>> {
  const asked = await desk.client.filingState(filingId);
  if (asked.ok && asked.value) return ok({ state: asked.value, asOf: desk.config.clock(), live: true });
  if (asked.ok) return fail('registry-refused', { code: 'not-found' });
  const told = desk.store.read.get<{ state: string; at: string }>(
    'SELECT state, at FROM registration_conflict WHERE filing_id = ?',
    filingId,
  );
  return told ? ok({ state: filingStateSchema.parse(JSON.parse(told.state)), asOf: told.at, live: false }) : asked;
}

function factsOf(read: Reading, filing: FilingRecord, state: RegistryFilingState): Conflict['facts'] {
  const talon = read.get<{ sha256: string | null }>('SELECT sha256 FROM talon WHERE filing_id = ?', filing.id);
  const acts = read.all<{ id: string; kind: string; sha256: string }>(
    "SELECT id, kind, signed_sha256 AS sha256 FROM act WHERE filing_id = ? AND state <> 'draft' AND set_aside_at IS NULL ORDER BY signed_at",
    filing.id,
  );
  type Fact = Conflict['facts'][number];
  const fact = (name: Fact['fact'], here: string | null, registry: string | null, of: string | null = null): Fact => ({
    fact: name,
    of,
    here,
    registry,
    same: here === registry,
  });
  const sayFlag = (flagged: boolean) => (flagged ? 'yes' : 'no');
  // opening a filing to look at it is the desk's own matter
  const here = filing.state === 'checking' ? 'received' : filing.state;
  const ids = [...new Set([...acts, ...state.acts].map((act) => act.id))];
  return [
    fact('state', here, state.state),
    fact('incomingNumber', filing.incomingNumber, state.incomingNumber),
    fact('caseNumber', filing.caseNumber, state.caseNumber),
    fact('joinsCase', filing.joinsCase, state.joinsCase),
    fact('registeredAt', filing.registeredAt, state.registeredAt),
    ...(filing.incomingNumber === null && state.incomingNumber === null
      ? []
      : [fact('flagged', sayFlag(filing.flagged), sayFlag(state.flagged))]),
    fact('talon', talon?.sha256 ?? null, state.talon?.sha256 ?? null),
    ...ids.map((id) => {
      const [own, theirs] = [acts.find((act) => act.id === id), state.acts.find((act) => act.id === id)];
      return fact('act', own?.sha256 ?? null, theirs?.sha256 ?? null, own?.kind ?? theirs?.kind ?? null);
    }),
  ];
}

/** The registry's talon, when both have the same registration and it is another than the one made here; answers its size. */
async function fetchTalon(desk: Desk, { id, talon, incomingNumber }: RegistryFilingState): Promise<Result<number | null>> {
  const own = desk.store.read.get<{ sha256: string | null; number: string | null }>(
    'SELECT t.sha256, f.incoming_number AS number FROM talon t JOIN filing f ON f.id = t.filing_id WHERE t.filing_id = ?',
    id,
  );
  if (!own || !talon || own.number !== incomingNumber || own.sha256 === talon.sha256) return ok(null);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of desk.client.document(talon.sha256, 0)) {
      chunks.push(chunk);
      if ((size += chunk.length) > LIMITS.wireDocumentBytes) return fail('document-too-large');
    }
  } catch (error) {
    if (error instanceof RegistryFailure) return { ok: false, error: error.failure };
    throw error;
  }
  const bytes = Buffer.concat(chunks);
  if (createHash('sha256').update(bytes).digest('hex') !== talon.sha256) return fail('document-hash-mismatch');
  const stored = await desk.blobs.putBytes(bytes);
  return stored.ok ? ok(stored.value.size) : stored;
}
