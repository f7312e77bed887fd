import { createHash } from 'node:crypto';
import type { ShareRule } from '../../shared/domain/share-work.ts';
import {
  rulesText,
  type AbsenceMessage,
  type CommandAnswer,
  type CommandPayload,
  type NormMessage,
  type ShareRulesMessage,
} from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import { refuseUser, type CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { WORKERS } from './workers.ts';

/** Keeps when somebody is away and who covers. The last word about an absence counts. */
export async function setAbsence(
  { sql, workstation: { court }, actor, now }: CommandContext,
  payload: CommandPayload<'absence.set'>,
  command: string,
): Promise<CommandAnswer> {
  const { absenceId, userId, from, until, kind, coveredBy, withdrawn } = payload;
  if (from > until || coveredBy === userId) return refused('input-invalid');
  const unfit =
    (await refuseUser(sql, court, userId, WORKERS)) ?? (coveredBy === null ? null : await refuseUser(sql, court, coveredBy, WORKERS));
  // somebody who has left may still be said not to be away
  if (unfit !== null && !withdrawn) return unfit;
  if (withdrawn && unfit?.code === 'user-unknown') return unfit;
  await sql.query(
    `INSERT INTO absence (court, id, court_user, from_day, until_day, kind, covered_by, withdrawn) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (court, id) DO UPDATE SET court_user = excluded.court_user, from_day = excluded.from_day, until_day = excluded.until_day,
       kind = excluded.kind, covered_by = excluded.covered_by, withdrawn = excluded.withdrawn`,
    [court, absenceId, userId, from, until, kind, coveredBy, withdrawn],
  );
  const data: AbsenceMessage = { ...payload, by: actor, command };
  await appendToFeed(sql, { court, kind: 'absence.changed', subject: absenceId, at: now, data });
  return applied(null);
}

/** Keeps how many open filings somebody can carry. */
export async function setNorm(
  { sql, workstation: { court }, actor, now }: CommandContext,
  payload: CommandPayload<'norm.set'>,
  command: string,
): Promise<CommandAnswer> {
  const { userId, norm } = payload;
  const unfit = userId === null ? null : await refuseUser(sql, court, userId, WORKERS);
  if (unfit !== null) return unfit;
  const who = userId ?? '';
  if (norm === null) await sql.query('DELETE FROM work_norm WHERE court = $1 AND who = $2', [court, who]);
  else
    await sql.query(
      'INSERT INTO work_norm (court, who, norm) VALUES ($1, $2, $3) ON CONFLICT (court, who) DO UPDATE SET norm = excluded.norm',
      [court, who, norm],
    );
  const data: NormMessage = { ...payload, by: actor, command };
  await appendToFeed(sql, { court, kind: 'norm.changed', subject: userId ?? court, at: now, data });
  return applied(null);
}

/** Keeps the rules of sharing, all of them in their order, when they are those that the head has seen. */
export async function setShareRules(
  { sql, workstation: { court }, actor, now }: CommandContext,
  { rules, seen }: CommandPayload<'share-rules.set'>,
  command: string,
): Promise<CommandAnswer> {
  const [held] = await sql.query<{ rules: ShareRule[] }>('SELECT rules FROM share_rules WHERE court = $1', [court]);
  const holds = createHash('sha256')
    .update(rulesText(held?.rules ?? []))
    .digest('hex');
  if (seen !== undefined && seen !== holds) return conflict('rules-outdated');
  const ids = rules.map(({ id }) => id);
  if (new Set(ids).size < ids.length) return refused('input-invalid');
  const people = [...new Set(rules.flatMap((rule) => rule.people))];
  const known = await sql.query('SELECT id FROM court_user WHERE court = $1 AND id = ANY($2::uuid[])', [court, people]);
  if (known.length < people.length) return refused('user-unknown');
  await sql.query(
    `INSERT INTO share_rules (court, rules, set_by) VALUES ($1, $2::jsonb, $3)
     ON CONFLICT (court) DO UPDATE SET rules = excluded.rules, set_by = excluded.set_by`,
    [court, JSON.stringify(rules), actor],
  );
  const data: ShareRulesMessage = { rules, by: actor, command };
  await appendToFeed(sql, { court, kind: 'share-rules.changed', subject: court, at: now, data });
  return applied(null);
}
