import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { findWholeFiling, type WholeFiling } from '../filings/find-filing.ts';
import { beginLadder, isDone, type Happening } from '../notifications/climb-ladder.ts';
import { announceDelivery, keepPlace, moveOnLadder } from '../notifications/ladder-row.ts';
import { applied, refused } from './command-answer.ts';
import { findFiling, type CommandContext } from './command-context.ts';

type Recipient = CommandPayload<'dispatch.send'>['recipients'][number];

/** Lets the recipients fetch an issued act and begins to tell each by his own ladder. Whoever is being told of it already is left as he is. */
export async function sendDispatch(context: CommandContext, payload: CommandPayload<'dispatch.send'>): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const { actId, recipients } = payload;
  const filing = await findWholeFiling(sql, workstation.court, payload.filingId);
  if (!filing) return refused('not-found');
  const readers = new Map<string, WholeFiling>();
  for (const { filingId } of recipients) {
    if (filingId === null || readers.has(filingId)) continue;
    const reader = await findWholeFiling(sql, workstation.court, filingId);
    if (!reader) return refused('not-found');
    readers.set(filingId, reader);
  }
  const dispatched = await sql.query(
    'UPDATE act SET dispatched_at = coalesce(dispatched_at, $3), recipients = recipients || $4::jsonb WHERE id = $1 AND filing = $2 RETURNING id',
    [actId, filing.id, now, JSON.stringify(recipients.map(({ name, steps }) => ({ name, channel: steps[0]?.channel })))],
  );
  if (dispatched.length === 0) return refused('not-found');
  for (const recipient of recipients) {
    const told = await sql.query(
      'SELECT 1 FROM notice WHERE id = $1 OR (subject = $2 AND steps IS NOT NULL AND name = $3 AND namesake = $4)',
      [recipient.id, actId, recipient.name, recipient.namesake ?? 0],
    );
    if (told.length > 0) continue;
    await tell(context, {
      actId,
      filing,
      recipient,
      reader: recipient.filingId === null ? null : (readers.get(recipient.filingId) ?? null),
    });
  }
  return applied(await announceFiling(sql, workstation.court, filing.id, now));
}

async function tell(
  { sql, workstation: { court }, now }: CommandContext,
  telling: { readonly actId: string; readonly filing: WholeFiling; readonly recipient: Recipient; readonly reader: WholeFiling | null },
): Promise<void> {
  const { actId, filing, recipient, reader } = telling;
  const { id, name, steps } = recipient;
  const facts = {
    ...(filing.incomingNumber === null ? {} : { incomingNumber: filing.incomingNumber }),
    ...(reader === null ? {} : { cabinetNumber: reader.cabinetNumber }),
  };
  await sql.query(
    `INSERT INTO notice (id, court, filing, about, kind, subject, name, language, asked, rest, addresses, facts, steps, namesake, state, created_at, changed_at)
     VALUES ($1, $2, $3, $4, 'act-dispatched', $5, $6, $7, $8, '[]'::jsonb, '{}'::jsonb, $9::jsonb, $10::jsonb, $11, 'waiting', $12, $12)`,
    [
      ...[id, court, reader?.id ?? null, filing.id, actId, name, (reader ?? filing).message.language === 'ru' ? 'ru' : 'kk'],
      ...[steps[0]!.channel, JSON.stringify(facts), JSON.stringify(steps), recipient.namesake ?? 0, now],
    ],
  );
  await keepPlace(sql, id, beginLadder(steps, { now, readable: reader !== null }), now);
  await announceDelivery(sql, court, id, now);
}

/** Begins anew for one recipient by other steps. Nothing is begun for whom the act has reached meanwhile. */
export function resendDispatch(
  context: CommandContext,
  { deliveryId, filingId, steps }: CommandPayload<'dispatch.resend'>,
): Promise<CommandAnswer> {
  return move(context, { deliveryId, filingId }, { what: 'again', steps }, (place) => !isDone(place));
}

/** Keeps what a person of the office knows of a letter. */
export function recordLetter(context: CommandContext, payload: CommandPayload<'dispatch.record'>): Promise<CommandAnswer> {
  const { event, at, number } = payload;
  return move(context, payload, { what: 'letter', event, at, number, by: context.actor });
}

async function move(
  context: CommandContext,
  { deliveryId, filingId }: { readonly deliveryId: string; readonly filingId: string },
  happening: Happening,
  fits?: Parameters<typeof moveOnLadder>[3],
): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const filing = await findFiling(context, filingId);
  const [delivery] = await sql.query('SELECT 1 FROM notice WHERE id = $1 AND about = $2 AND court = $3 AND steps IS NOT NULL', [
    deliveryId,
    filingId,
    workstation.court,
  ]);
  if (!filing || !delivery) return refused('not-found');
  await moveOnLadder(sql, { court: workstation.court, id: deliveryId, now }, happening, fits);
  return applied(null);
}
