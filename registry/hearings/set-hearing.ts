import { isDeepStrictEqual } from 'node:util';
import type { CommandAnswer } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import { readHere, refuseUser, type CommandContext } from '../commands/command-context.ts';
import type { Registry } from '../http/context.ts';
import { readingFiling } from '../notifications/tell-recipients.ts';
import { announceHearing, findHearing, findSubject, type HearingContent } from './hearing-row.ts';

/** Sets a hearing or, with a higher revision, moves it; those named are told. */
export async function setHearing(registry: Registry, context: CommandContext, payload: HearingContent): Promise<CommandAnswer> {
  const { sql, workstation } = context;
  const { hearingId, filingId, caseNumber, revision, judgeId, recipients } = payload;
  if ((payload.mode === 'video') !== (payload.link !== null)) return refused('input-invalid');
  const subject = await findSubject(context, payload);
  if ('refusal' in subject) return subject.refusal;
  const unfit = judgeId === null ? null : await refuseUser(sql, workstation.court, judgeId, ['judge']);
  if (unfit !== null) return unfit;
  if (!(await readHere(context, recipients))) return refused('not-found');

  const earlier = await findHearing(context, hearingId);
  if (earlier) {
    if (earlier.court !== workstation.court) return refused('not-found');
    if (earlier.cancelled_at !== null) return conflict('hearing-cancelled');
    if (earlier.content.filingId !== filingId || earlier.content.caseNumber !== caseNumber) return refused('input-invalid');
    if (revision === earlier.revision && isDeepStrictEqual(earlier.content, payload)) return applied(null); // two desks did the same
    if (revision <= earlier.revision) return conflict('hearing-outdated');
  }
  await sql.query(
    `INSERT INTO hearing (id, court, filing, case_number, revision, content) VALUES ($1, $2, $3, $4, $5, $6::jsonb)
     ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, content = excluded.content`,
    [hearingId, workstation.court, filingId, caseNumber, revision, JSON.stringify(payload)],
  );
  const readers = new Set(subject.filing ? [subject.filing.id] : []);
  for (const recipient of recipients) {
    const reader = await readingFiling(sql, workstation.court, subject.filing, recipient);
    if (reader) readers.add(reader.id);
  }
  for (const reader of readers)
    await sql.query('INSERT INTO hearing_reader (filing, hearing) VALUES ($1, $2) ON CONFLICT DO NOTHING', [reader, hearingId]);
  const event = earlier ? 'hearing-moved' : 'hearing-set';
  await announceHearing(registry, context, { ...payload, cancelledAt: null, cancelReason: null }, { event, filing: subject.filing });
  return applied(null);
}
