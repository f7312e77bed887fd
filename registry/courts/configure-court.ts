import type { CourtPolicy } from '../../shared/domain/court-policy.ts';
import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { applied } from '../commands/command-answer.ts';
import type { CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { recordAdministration } from '../journal/administration-entries.ts';
import { single } from '../store/database.ts';

/** What holds at all desks of the court from their next contact on. */
export async function configureCourt(
  { sql, workstation: { id, court }, actor, now }: CommandContext,
  policy: CommandPayload<'court.configure'>,
): Promise<CommandAnswer> {
  const before = single(
    await sql.query<CourtPolicy>(
      'SELECT offline_sign_in_days AS "offlineSignInDays", idle_lock_minutes AS "idleLockMinutes" FROM court WHERE code = $1',
      [court],
    ),
  );
  await sql.query('UPDATE court SET offline_sign_in_days = $2, idle_lock_minutes = $3 WHERE code = $1', [
    court,
    policy.offlineSignInDays,
    policy.idleLockMinutes,
  ]);
  await recordAdministration(sql, {
    ...{ court, at: now, by: actor, workstation: id, action: 'court.configured', subject: court },
    ...{ before, after: policy },
  });
  await appendToFeed(sql, { court, kind: 'court.configured', subject: court, at: now, data: { ...policy, by: actor } });
  return applied(null);
}
