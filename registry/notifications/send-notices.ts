import type { Registry } from '../http/context.ts';
import type { Notifications } from './configuration.ts';
import { changeNotices } from './delivery-row.ts';
import { openGatewayChannel } from './gateway-channel.ts';
import { keyOf, type Channel, type HandedOver, type TakenNotice } from './hand-over.ts';
import { sendDueSteps } from './send-steps.ts';
import { openSmtpChannel } from './smtp-channel.ts';

const AT_A_TIME = 20;
/** Longer than any channel takes; a notice whose sender died is taken again after it. */
const TAKEN_MS = 2 * 60_000;
const HOUR_MS = 3_600_000;

type Log = (line: object) => void;

/** Opens what the configuration names, by channel. */
function openChannels({ smtp, gateway }: Notifications): Map<string, Channel> {
  const channels = new Map<string, Channel>();
  if (smtp) channels.set('email', openSmtpChannel(smtp));
  if (gateway) {
    const channel = openGatewayChannel(gateway);
    for (const name of gateway.channels) channels.set(name, channel);
  }
  return channels;
}

/**
 * Sends what is due, again and again, until it is closed; several processes share the work. What was taken and not settled, because a
 * process died, is handed over again under the same key.
 */
export function startSending(registry: Registry, notifications: Notifications, log: Log): { close(): Promise<void> } {
  const channels = openChannels(notifications);
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const round = async (): Promise<void> => {
    try {
      for (let sent = AT_A_TIME; sent === AT_A_TIME && !closed;) sent = await sendDue(registry, notifications, channels, log);
      const steps = { channels, retrySeconds: notifications.retrySeconds, atATime: AT_A_TIME };
      for (let sent = AT_A_TIME; sent === AT_A_TIME && !closed;) sent = await sendDueSteps(registry, steps, log);
    } catch (error) {
      const { name = 'Error', code = '' } = error as { name?: string; code?: string };
      log({ at: registry.clock(), notifications: 'round-failed', error: name, code });
    }
    if (!closed) timer = setTimeout(() => void (running = round()), notifications.pollSeconds * 1000);
  };
  let running = round();
  return {
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await running;
      for (const channel of channels.values()) channel.close();
    },
  };
}

async function sendDue(registry: Registry, notifications: Notifications, channels: Map<string, Channel>, log: Log): Promise<number> {
  const taken = await takeDue(registry, notifications, [...channels.keys()]);
  await Promise.all(
    taken.map(async (notice) => {
      const result = (await channels.get(notice.via)?.send(notice, keyOf(notice))) ?? { outcome: 'retry', reason: 'channel-closed' };
      log({ at: registry.clock(), notice: notice.id, kind: notice.kind, channel: notice.via, attempt: notice.attempts, ...result });
      await settle(registry, notifications, notice, result);
    }),
  );
  return taken.length;
}

/** Takes due notices for this process alone: others skip the rows, and find them again only when this one has had its time. */
async function takeDue({ db, clock }: Registry, { maxAgeHours }: Notifications, open: readonly string[]): Promise<TakenNotice[]> {
  const now = clock();
  const after = (ms: number) => new Date(Date.parse(now) + ms).toISOString();
  return db.query<TakenNotice>(
    `UPDATE notice n SET attempts = n.attempts + 1, via = due.next, due_at = $2
     FROM (SELECT id, (SELECT way FROM jsonb_array_elements_text(rest) WITH ORDINALITY AS ways(way, place)
                       WHERE way IN (SELECT jsonb_array_elements_text($4::jsonb)) ORDER BY place LIMIT 1) AS next
           FROM notice WHERE steps IS NULL AND state = 'waiting' AND due_at <= $1 AND created_at > $3
             AND EXISTS (SELECT 1 FROM jsonb_array_elements_text(rest) AS way WHERE way IN (SELECT jsonb_array_elements_text($4::jsonb)))
           ORDER BY due_at LIMIT $5 FOR UPDATE SKIP LOCKED) AS due, court c
     WHERE n.id = due.id AND c.code = n.court
     RETURNING n.id, n.court, n.kind, n.name, n.language, n.via, n.addresses, n.facts, n.attempts, n.round, c.name_kk AS court_kk, c.name_ru AS court_ru`,
    [now, after(TAKEN_MS), after(-maxAgeHours * HOUR_MS), JSON.stringify(open), AT_A_TIME],
  );
}

/** Keeps what became of it, unless it has been read or receipted meanwhile. */
async function settle(registry: Registry, { retrySeconds }: Notifications, notice: TakenNotice, result: HandedOver): Promise<void> {
  const where = `id = $3 AND via = $4 AND state = 'waiting'`;
  const named = [notice.id, notice.via];
  if (result.outcome === 'sent') {
    await changeNotices(registry, notice.court, { set: `state = 'sent', reason = NULL, due_at = NULL`, where, parameters: named });
    return;
  }
  const pause = result.outcome === 'retry' ? retrySeconds[notice.attempts - 1] : undefined;
  if (pause === undefined) return giveUpChannel(registry, notice, result.reason);
  const due = new Date(Date.parse(registry.clock()) + pause * 1000).toISOString();
  await registry.db.query(`UPDATE notice SET due_at = $1 WHERE id = $2 AND via = $3 AND state = 'waiting'`, [due, ...named]);
}

/** The channel is not tried again. The next one is due at once; without one, what was asked for by a channel has failed, and the cabinet waits to be read. */
export async function giveUpChannel(
  registry: Registry,
  { id, court, via }: { readonly id: string; readonly court: string; readonly via: string },
  reason: string,
): Promise<void> {
  const last = `rest - $4::text = '[]'::jsonb`;
  await changeNotices(registry, court, {
    set: `rest = rest - $4::text, attempts = 0, reason = $5, due_at = CASE WHEN ${last} THEN NULL ELSE $2 END,
          state = CASE WHEN ${last} AND asked <> 'cabinet' THEN 'failed' ELSE 'waiting' END`,
    where: `id = $3 AND via = $4 AND state IN ('waiting', 'sent')`,
    parameters: [id, via, reason],
  });
}
