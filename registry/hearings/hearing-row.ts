import type { CommandAnswer, CommandPayload, HearingMessage } from '../../shared/registry/index.ts';
import { conflict, refused } from '../commands/command-answer.ts';
import type { CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { findOpener, findWholeFiling, type WholeFiling } from '../filings/find-filing.ts';
import type { Registry } from '../http/context.ts';
import { tellRecipients } from '../notifications/tell-recipients.ts';

export type HearingContent = CommandPayload<'hearing.set'>;
type HearingEvent = 'hearing-set' | 'hearing-moved' | 'hearing-cancelled';

export type HearingRow = { court: string; revision: number; content: HearingContent; cancelled_at: string | null };

export async function findHearing({ sql }: CommandContext, id: string): Promise<HearingRow | null> {
  const [row] = await sql.query<HearingRow>('SELECT court, revision, content, cancelled_at FROM hearing WHERE id = $1', [id]);
  return row ?? null;
}

/** The filing that a hearing is about, or that opened its case; or why there can be no such hearing. */
export async function findSubject(
  { sql, workstation: { court } }: CommandContext,
  { filingId, caseNumber }: Pick<HearingContent, 'filingId' | 'caseNumber'>,
): Promise<{ readonly filing: WholeFiling | null } | { readonly refusal: CommandAnswer }> {
  if (filingId !== null && caseNumber === null) {
    const filing = await findWholeFiling(sql, court, filingId);
    if (!filing) return { refusal: refused('not-found') };
    return filing.incomingNumber === null ? { refusal: conflict('move-not-allowed') } : { filing };
  }
  if (filingId !== null || caseNumber === null) return { refusal: refused('input-invalid') };
  const known = await sql.query('SELECT 1 FROM court_case WHERE number = $1 AND court = $2', [caseNumber, court]);
  return known.length === 0 ? { refusal: conflict('case-unknown') } : { filing: await findOpener(sql, court, caseNumber) };
}

/** Keeps what happened to a hearing, tells the court's desks what holds now, and the people named. */
export async function announceHearing(
  registry: Registry,
  { sql, workstation: { court }, actor, now }: CommandContext,
  hearing: HearingMessage & HearingContent,
  { event, filing }: { readonly event: HearingEvent; readonly filing: WholeFiling | null },
): Promise<void> {
  await sql.query('INSERT INTO hearing_change (hearing, event, starts_at, by_user, at) VALUES ($1, $2, $3, $4, $5)', [
    hearing.hearingId,
    event,
    hearing.startsAt,
    actor,
    now,
  ]);
  await appendToFeed(sql, { court, kind: 'hearing.changed', subject: hearing.hearingId, at: now, data: hearing });
  const facts = hearingFacts(hearing);
  await tellRecipients(registry, sql, { court, kind: event, subject: hearing.hearingId, filing, facts, now }, hearing.recipients);
}

export const hearingFacts = ({ caseNumber, startsAt, place, room, link }: HearingContent) => ({
  startsAt,
  place,
  ...(caseNumber === null ? {} : { caseNumber }),
  ...(room === null ? {} : { room }),
  ...(link === null ? {} : { link }),
});
