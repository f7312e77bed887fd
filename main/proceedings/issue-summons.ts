import type { HearingMessage, Recipient } from '../../shared/registry/index.ts';
import type { SummonsView } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling, type FilingRecord } from '../intake/index.ts';
import { drawSummons, type SummonsContent } from '../pdf/index.ts';
import type { Reading } from '../store/index.ts';
import { CONFIRMED, standingOf } from '../sync/index.ts';
import { filingOf, readHearing, subjectOf } from './hearing-row.ts';
import { peopleOf } from './people-of.ts';
import type { ProceedingsParts } from './proceedings-parts.ts';

export type Summoning = {
  readonly hearingId: string;
  /** Of the hearing that was seen. */
  readonly revision: number;
  readonly recipients: readonly Recipient[];
  readonly actor: string;
};

/**
 * Draws the summons of each person and queues it; the hearing goes before it. Errors: `not-found`, `move-not-allowed` when the hearing is cancelled,
 * `stale-revision` when it was moved meanwhile, `input-invalid` without people, `disk-full`.
 */
export async function issueSummons(
  parts: ProceedingsParts,
  { hearingId, revision, recipients, actor }: Summoning,
): Promise<Result<{ summonsIds: string[] }>> {
  const hearing = summonable(parts.store.read, hearingId, revision);
  if (!hearing.ok) return hearing;
  if (recipients.length === 0) return fail('input-invalid', { field: 'recipients' });
  const papers: { id: string; recipient: Recipient; sha256: string; size: number }[] = [];
  for (const recipient of recipients) {
    const id = parts.newId();
    const pdf = await drawSummons(contentOf(parts, hearing.value, { id, recipient, actor }), parts.fontsDir);
    const stored = await parts.blobs.putBytes(pdf);
    if (!stored.ok) return stored;
    papers.push({ id, recipient, ...stored.value });
  }
  return parts.store.write((tx) => {
    const still = summonable(tx, hearingId, revision);
    if (!still.ok) return still;
    const at = parts.clock();
    const subject = subjectOf(tx, still.value);
    for (const { id, recipient, sha256, size } of papers) {
      const command = parts.newId();
      tx.run(
        'INSERT INTO summons (id, hearing_id, recipient, sha256, size, made_at, command) VALUES (?, ?, ?, ?, ?, ?, ?)',
        id,
        hearingId,
        JSON.stringify(recipient),
        sha256,
        size,
        at,
        command,
      );
      tx.journal({ at, actor, action: 'summons.made', subject, details: { summons: id, hearing: hearingId, revision, sha256 } });
      const payload = { summonsId: id, hearingId, recipient, sha256, size };
      tx.outbox({ id: command, subject, kind: 'summons.issue', actor, at, uploads: [sha256], payload });
    }
    return ok({ summonsIds: papers.map(({ id }) => id) });
  });
}

function summonable(read: Reading, hearingId: string, revision: number): Result<HearingMessage> {
  const hearing = readHearing(read, hearingId)?.value;
  if (!hearing) return fail('not-found');
  if (hearing.cancelledAt !== null) return fail('move-not-allowed', { state: 'cancelled' });
  return hearing.revision === revision ? ok(hearing) : fail('stale-revision');
}

function contentOf(
  { store: { read }, court, clock, training }: ProceedingsParts,
  hearing: HearingMessage,
  { id, recipient, actor }: { id: string; recipient: Recipient; actor: string },
): SummonsContent {
  const filingId = filingOf(read, hearing);
  const filing = filingId === null ? null : readFiling(read, filingId);
  const nameOf = (user: string | null) => read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', user)?.name ?? null;
  const { startsAt, place, room, mode, link, recordingNote, caseNumber } = hearing;
  return {
    summonsId: id,
    courtNameKk: court.nameKk,
    courtNameRu: court.nameRu,
    recipient: recipient.name,
    side: sideOfRecipient(filing, recipient),
    caseNumber,
    incomingNumber: filing?.incomingNumber ?? null,
    parties: filing === null ? '' : partiesInShort(filing),
    ...{ startsAt, place, room, mode, link, recordingNote },
    judge: nameOf(hearing.judgeId),
    preparedBy: nameOf(actor) ?? '',
    preparedAt: clock(),
    training,
  };
}

export const partiesInShort = ({ claimant, respondent }: Pick<FilingRecord, 'claimant' | 'respondent'>): string =>
  [claimant, respondent].filter(Boolean).join(' – ');

function sideOfRecipient(filing: FilingRecord | null, { name }: Recipient): SummonsContent['side'] {
  const person = filing === null ? undefined : peopleOf(filing.message, filing.id).find((known) => known.name === name);
  return (person?.side as SummonsContent['side'] | undefined) ?? 'participant';
}

/** Whom this desk has summoned to a hearing as it holds in a revision, with their summonses. */
export const summonedHere = (read: Reading, { hearingId, revision }: { hearingId: string; revision: number }): Map<string, string> =>
  new Map(
    read
      .all<{ id: string; recipient: string }>(
        `SELECT s.id, s.recipient FROM summons s WHERE s.hearing_id = ? AND EXISTS (
           SELECT 1 FROM journal j WHERE j.subject = ? AND j.action = 'summons.made'
             AND json_extract(j.details, '$.summons') = s.id AND json_extract(j.details, '$.revision') = ?)`,
        hearingId,
        subjectOfHearing(read, hearingId),
        revision,
      )
      .map(({ id, recipient }) => [(JSON.parse(recipient) as Recipient).name, id]),
  );

function subjectOfHearing(read: Reading, hearingId: string): string {
  const hearing = readHearing(read, hearingId);
  return hearing === null ? hearingId : subjectOf(read, hearing.value);
}

/** Its paper; null when there is no such summons. */
export const summonsPaper = (read: Reading, id: string): { sha256: string; size: number; hearingId: string } | null =>
  read.get<{ sha256: string; size: number; hearingId: string }>(
    'SELECT sha256, size, hearing_id AS hearingId FROM summons WHERE id = ?',
    id,
  ) ?? null;

type Row = {
  id: string;
  recipient: string;
  sha256: string;
  size: number;
  made_at: string | null;
  issued_at: string | null;
  command: string | null;
};

/** The summonses to a hearing, oldest first; what was withdrawn before the registry had it is left out. */
export function summonsesOf(read: Reading, hearingId: string): SummonsView[] {
  const rows = read.all<Row>('SELECT * FROM summons WHERE hearing_id = ? ORDER BY coalesce(made_at, issued_at), id', hearingId);
  return rows.flatMap((row) => {
    const { name, channel } = JSON.parse(row.recipient) as Recipient;
    const sent = row.issued_at !== null || row.command === null ? CONFIRMED : standingOf(read, row.command);
    if (sent === 'withdrawn') return [];
    return [{ id: row.id, name, channel, sha256: row.sha256, standing: sent, at: row.issued_at ?? row.made_at ?? '' }];
  });
}
