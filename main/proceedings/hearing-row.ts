import type { HearingMessage } from '../../shared/registry/index.ts';
import type { Reading } from '../store/index.ts';
import { isNewerHearing } from './apply-proceedings-item.ts';
import { effective, type BothSides, type Effective } from './held-and-own.ts';
import { filingsAbout, type About } from './filings-about.ts';

type Row = BothSides & { readonly id: string };
const COLUMNS = 'id, held, own, command';

export type KnownHearing = Effective<HearingMessage>;

const covers = (held: HearingMessage, own: HearingMessage): boolean => !isNewerHearing(own, held);
const known = (read: Reading, rows: readonly Row[]): KnownHearing[] =>
  rows.map((row) => effective(read, row, covers)).filter((hearing) => hearing !== null);
const inOrder = (a: KnownHearing, b: KnownHearing): number =>
  Date.parse(a.value.startsAt) - Date.parse(b.value.startsAt) || (a.value.hearingId < b.value.hearingId ? -1 : 1);

/** A hearing as it holds here; null when there is none. */
export function readHearing(read: Reading, id: string): KnownHearing | null {
  return known(read, read.all<Row>(`SELECT ${COLUMNS} FROM hearing WHERE id = ?`, id))[0] ?? null;
}

/** The hearings of a filing and of the case it opened or joined, the earliest first. */
export function hearingsOf(read: Reading, filing: { id: string; caseNumber: string | null; joinsCase: string | null }): KnownHearing[] {
  const rows = read.all<Row>(
    `SELECT ${COLUMNS} FROM hearing WHERE filing_id = ? OR case_number = ? OR case_number = ?`,
    filing.id,
    filing.caseNumber,
    filing.joinsCase,
  );
  return known(read, rows).sort(inOrder);
}

/** The hearings that begin in a time, the earliest first. `from` is in it, `until` is not; both are UTC ISO. */
export function hearingsBetween(read: Reading, from: string, until: string): KnownHearing[] {
  // texts with and without milliseconds come in the right order when the bounds end before them
  const [low, high] = [from, until].map((bound) => new Date(bound).toISOString().slice(0, 19));
  const rows = read.all<Row>(
    `SELECT ${COLUMNS} FROM hearing WHERE (json_extract(held, '$.startsAt') >= ? AND json_extract(held, '$.startsAt') < ?)
     OR (json_extract(own, '$.startsAt') >= ? AND json_extract(own, '$.startsAt') < ?)`,
    low,
    high,
    low,
    high,
  );
  const isWithin = ({ value }: KnownHearing) => value.startsAt >= low! && value.startsAt < high!;
  return known(read, rows).filter(isWithin).sort(inOrder);
}

/** What a hearing is called: its case, or the incoming number of the filing. */
export function labelOf(read: Reading, { caseNumber, filingId }: About): string {
  if (caseNumber !== null) return caseNumber;
  const filing = read.get<{ number: string | null }>(
    'SELECT coalesce(incoming_number, cabinet_number) AS number FROM filing WHERE id = ?',
    filingId,
  );
  return filing?.number ?? '';
}

/** The filing under which a hearing is worked on here: the one heard, else the one that opened the case, else one that joined it. */
export function filingOf(read: Reading, about: About): string | null {
  const opener = read.get<{ id: string }>('SELECT id FROM filing WHERE case_number = ?', about.caseNumber);
  return opener?.id ?? filingsAbout(read, about)[0] ?? null;
}

/** What the commands about a hearing are in order with: everything that is said of its filing, which its registration comes first of. */
export const subjectOf = (read: Reading, hearing: About & { readonly hearingId: string }): string =>
  filingOf(read, hearing) ?? hearing.hearingId;
