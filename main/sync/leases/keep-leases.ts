import { LEASE_SECONDS, type KeepLeasesAnswer, type KeepLeasesRequest, type Lease } from '../../../shared/registry/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { readSetting, writeSetting, type Reading, type Writing } from '../../store/index.ts';
import { giveBack, noteWord, unsentRegistrations, untoldPapers, type HeldLease } from './held-leases.ts';
import { clockWentBack, endHere, noteClock, noteReserveUntil, reserveUntil } from './lease-time.ts';
import type { LeaseParts } from './take-lease.ts';

export type LeaseWish = {
  readonly reserve: KeepLeasesRequest['reserve'];
  /** Filings that somebody has open at this desk. */
  readonly open: readonly string[];
  /** What was kept stays so although nobody has it open: a desk without a window keeps until it is told otherwise. */
  readonly keepHeld: boolean;
};

const VERSION = 'lease.version';
const ALONE = 'lease.alone';
/** When the desks of the court were last heard of, by the registry's clock; see the query of presence. */
const HEARD_AT = 'lease.heard-at';
/** Written down again only when it has moved by this much. */
const HEARD_STEP_MS = 30_000;
/** A round of the desk: what the registry wants back is given back at once, the rest at the next one. */
const WORDS_PER_ROUND = 2;

/** This desk's regular word: renews and ends leases, takes over who has what. Answers the filings that are held otherwise than before. */
export async function keepLeases(parts: LeaseParts, wish: LeaseWish): Promise<Result<{ changed: string[] }>> {
  const changed = new Set<string>();
  for (let word = 0; word < WORDS_PER_ROUND; word++) {
    const askedAt = parts.clock();
    const request = wordOf(parts.store.read, wish, askedAt);
    const answer = await parts.client.keepLeases(request);
    if (!answer.ok) return answer;
    const more = parts.store.write((tx) => {
      const told = [...request.release, ...request.giveBack];
      for (const id of told) tx.run('DELETE FROM lease_word WHERE lease_id = ?', id);
      take(tx, parts.workstationId, wish, answer.value, askedAt, changed);
      renewHere(tx, request.renew, askedAt);
      noteClock(tx, askedAt, answer.value.leases !== null);
      return tx.get('SELECT 1 FROM lease_word LIMIT 1') !== undefined;
    });
    if (!more) break;
  }
  return ok({ changed: [...changed] });
}

/** Whether no other desk is enrolled in the court, as last heard. */
export const isAlone = (read: Reading): boolean => readSetting<boolean>(read, ALONE) ?? false;

function wordOf(read: Reading, wish: LeaseWish, now: string): KeepLeasesRequest {
  const words = read.all<{ lease_id: string; word: string }>('SELECT lease_id, word FROM lease_word ORDER BY lease_id');
  const open = stillWorkedOn(read, wish);
  const working = read.all<HeldLease>('SELECT * FROM lease WHERE holder IS NOT NULL');
  return {
    known: clockWentBack(read, now) ? null : readSetting<number>(read, VERSION),
    reserve: wish.reserve,
    renew: working.filter((lease) => open.has(lease.filing_id) && isDue(lease, now)).map((lease) => lease.id),
    release: words.filter((w) => w.word === 'release').map((w) => w.lease_id),
    giveBack: words.filter((w) => w.word === 'give-back').map((w) => w.lease_id),
  };
}

const stillWorkedOn = (read: Reading, wish: LeaseWish) =>
  new Set([
    ...wish.open,
    ...unsentRegistrations(read),
    ...(wish.keepHeld ? read.all<HeldLease>('SELECT * FROM lease WHERE kept = 1').map((lease) => lease.filing_id) : []),
  ]);

/** Long before its end, and seldom enough that the others need not be told with every word. */
const RENEW_BEFORE_MS = { look: (LEASE_SECONDS.look / 2) * 1000, keep: (LEASE_SECONDS.keep - 3600) * 1000 };
const isDue = ({ kept, work_until }: HeldLease, now: string) =>
  Date.parse(work_until ?? now) - Date.parse(now) < (kept === 1 ? RENEW_BEFORE_MS.keep : RENEW_BEFORE_MS.look);

function renewHere(tx: Writing, ids: readonly string[], askedAt: string): void {
  const until = (seconds: number) => endHere(askedAt, askedAt, new Date(Date.parse(askedAt) + seconds * 1000).toISOString());
  for (const id of ids)
    tx.run(
      'UPDATE lease SET work_until = max(work_until, CASE WHEN kept = 1 THEN ? ELSE ? END) WHERE id = ? AND holder IS NOT NULL',
      until(LEASE_SECONDS.keep),
      until(LEASE_SECONDS.look),
      id,
    );
}

function take(tx: Writing, workstationId: string, wish: LeaseWish, answer: KeepLeasesAnswer, askedAt: string, changed: Set<string>): void {
  if (readSetting(tx, VERSION) !== answer.version) writeSetting(tx, VERSION, answer.version);
  if (readSetting(tx, ALONE) !== answer.alone) writeSetting(tx, ALONE, answer.alone);
  noteReserveUntil(tx, answer.reserveUntil === null ? null : laterOf(tx, endHere(askedAt, answer.time, answer.reserveUntil), askedAt));
  takeDesks(
    tx,
    answer.desks.filter((desk) => desk.id !== workstationId),
    answer.time,
  );
  if (answer.leases !== null) {
    const mine = answer.leases.filter((lease) => lease.workstationId === workstationId);
    takeMine(tx, wish, mine, answer.time, askedAt, changed);
    const others = answer.leases.filter((lease) => lease.workstationId !== workstationId);
    takeOthers(tx, others, answer.time, askedAt, changed);
  }
  for (const id of answer.wanted) giveBack(tx, id);
}

/** The end of the reserve moves in steps there and is reckoned anew at each word here; it is written only when it has really moved. */
function laterOf(read: Reading, until: string, askedAt: string): string {
  const before = reserveUntil(read);
  const close = before !== null && before > askedAt && Math.abs(Date.parse(before) - Date.parse(until)) < 60_000;
  return close && before <= until ? before : until;
}

function takeDesks(tx: Writing, desks: KeepLeasesAnswer['desks'], time: string): void {
  const heardAt = readSetting<string>(tx, HEARD_AT);
  if (heardAt === null || Date.parse(time) - Date.parse(heardAt) > HEARD_STEP_MS) writeSetting(tx, HEARD_AT, time);
  const known = JSON.stringify(tx.all('SELECT id, name, seen_at AS seenAt FROM court_desk ORDER BY id'));
  const told = desks.map(({ id, name, seenAt }) => ({ id, name, seenAt })).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (known === JSON.stringify(told)) return;
  tx.run('DELETE FROM court_desk');
  for (const desk of told) tx.run('INSERT INTO court_desk (id, name, seen_at) VALUES (?, ?, ?)', desk.id, desk.name, desk.seenAt);
}

/** What the registry does not know as this desk's is not; what it knows and this desk forgot is taken up again or ended. */
function takeMine(tx: Writing, wish: LeaseWish, mine: readonly Lease[], time: string, askedAt: string, changed: Set<string>): void {
  const told = new Map(mine.map((lease) => [lease.id, lease]));
  const untold = new Set(untoldPapers(tx));
  for (const held of tx.all<HeldLease>('SELECT * FROM lease')) {
    if (told.has(held.id) || untold.has(held.filing_id)) continue;
    tx.run('DELETE FROM lease WHERE id = ?', held.id);
    if (held.holder !== null) changed.add(held.filing_id);
  }
  const open = stillWorkedOn(tx, wish);
  for (const lease of mine) {
    if (tx.get('SELECT 1 FROM lease_word WHERE lease_id = ?', lease.id)) continue;
    const held = tx.get<HeldLease>('SELECT * FROM lease WHERE id = ?', lease.id);
    const working = held !== undefined && held.holder !== null && open.has(lease.filingId);
    if (lease.holderId !== null && !working) noteWord(tx, lease.id, 'release');
    if (!lease.reserved && !working) tx.run('DELETE FROM lease WHERE id = ?', lease.id);
    else takeOne(tx, lease, working ? held : null, lease.workUntil === null ? null : endHere(askedAt, time, lease.workUntil));
  }
}

function takeOne(tx: Writing, lease: Lease, held: HeldLease | null, workUntil: string | null): void {
  const working = held !== null && workUntil !== null;
  tx.run(
    `INSERT INTO lease (filing_id, id, reserved, holder, kept, work_until) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (filing_id) DO UPDATE SET id = excluded.id, reserved = excluded.reserved, holder = excluded.holder, kept = excluded.kept,
       work_until = excluded.work_until`,
    lease.filingId,
    lease.id,
    lease.reserved ? 1 : 0,
    working ? held.holder : null,
    working ? held.kept : 0,
    working ? workUntil : null,
  );
}

function takeOthers(tx: Writing, others: readonly Lease[], time: string, askedAt: string, changed: Set<string>): void {
  const before = new Map(
    tx
      .all<{ filing_id: string; key: string }>("SELECT filing_id, workstation_id || coalesce(holder, '') AS key FROM presence")
      .map((row) => [row.filing_id, row.key]),
  );
  tx.run('DELETE FROM presence');
  for (const lease of others) {
    tx.run(
      'INSERT INTO presence (filing_id, workstation_id, holder, since, until, work_until) VALUES (?, ?, ?, ?, ?, ?)',
      lease.filingId,
      lease.workstationId,
      lease.holderId,
      lease.takenAt,
      endOfOther(askedAt, time, lease.until),
      lease.workUntil === null ? null : endOfOther(askedAt, time, lease.workUntil),
    );
    if (before.get(lease.filingId) !== lease.workstationId + (lease.holderId ?? '')) changed.add(lease.filingId);
    before.delete(lease.filingId);
  }
  for (const filingId of before.keys()) changed.add(filingId);
}

/** Without a margin: for what others have it is shown, and the registry decides. */
const endOfOther = (askedAt: string, time: string, until: string) =>
  new Date(Date.parse(askedAt) + Date.parse(until) - Date.parse(time)).toISOString();
