import type { DeliveryReceipts } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import type { Gateway } from './configuration.ts';
import { changeNotices } from './delivery-row.ts';
import { moveAlone } from './ladder-row.ts';
import { isSignature, signatureOf } from './gateway-signature.ts';
import { giveUpChannel } from './send-notices.ts';

/** How far the clocks of the gateway and the registry may differ. */
const CLOCKS_MS = 5 * 60_000;
const KEY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(push|sms)(\.\d{1,6})?$/;

/** Whether the gateway signed these bytes just now; a signature is taken once. */
export async function isProven(
  { db, clock }: Registry,
  gateway: Gateway | null,
  given: { readonly timestamp: string; readonly signature: string; readonly body: Uint8Array },
): Promise<boolean> {
  if (gateway === null || !/^\d{1,12}$/.test(given.timestamp)) return false;
  const now = clock();
  if (Math.abs(Date.parse(now) - Number(given.timestamp) * 1000) > CLOCKS_MS) return false;
  if (!isSignature(given.signature, signatureOf(gateway.secret, given.timestamp, given.body))) return false;
  await db.query('DELETE FROM used_receipt WHERE at < $1', [new Date(Date.parse(now) - 4 * CLOCKS_MS).toISOString()]);
  const first = await db.query('INSERT INTO used_receipt (signature, at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING at', [
    given.signature,
    now,
  ]);
  return first.length === 1;
}

/** Keeps what became of messages; how many of them this registry knows. */
export async function takeReceipts(registry: Registry, { receipts }: DeliveryReceipts): Promise<number> {
  let known = 0;
  for (const { key, state, code } of receipts) {
    const [, id = '', via = '', again = ''] = KEY.exec(key) ?? [];
    const reason = /^[\w.-]{1,40}$/.test(code ?? '') ? `receipt-${code}` : 'receipt-failed';
    const delivered = state === 'delivered';
    const dispatch = id === '' ? null : await findAttempt(registry, id, key);
    if (dispatch !== null) {
      known++;
      const { current } = dispatch;
      const receipt = { what: 'receipt', channel: via, current, delivered, code: delivered ? null : reason, reference: key } as const;
      if (!dispatch.told) await moveAlone(registry, { court: dispatch.court, id }, receipt);
      continue;
    }
    if (again !== '') continue;
    const [notice] =
      id === ''
        ? []
        : await registry.db.query<{ court: string }>('SELECT court FROM notice WHERE id = $1 AND via = $2 AND steps IS NULL', [id, via]);
    if (!notice) continue;
    known++;
    const where = `id = $3 AND via = $4 AND state IN ('waiting', 'sent')`;
    // what is read in the cabinet is delivered there; the message only said so
    const set = `state = CASE WHEN asked = 'cabinet' THEN 'sent' ELSE 'delivered' END, reason = NULL, due_at = NULL`;
    if (delivered) await changeNotices(registry, notice.court, { set, where, parameters: [id, via] });
    else await giveUpChannel(registry, { id, court: notice.court, via }, reason);
  }
  return known;
}

/** The dispatch that was handed over under this key. `current`: it has not gone on since; `told`: a receipt for it has come already. */
async function findAttempt({ db }: Registry, id: string, key: string): Promise<{ court: string; current: boolean; told: boolean } | null> {
  const [found] = await db.query<{ court: string; current: boolean; told: boolean; tried: boolean }>(
    `SELECT n.court, coalesce($2 = n.id || '.' || n.via || CASE WHEN n.round = 1 THEN '' ELSE '.' || n.round END, false) AS current,
       EXISTS (SELECT 1 FROM notice_attempt a WHERE a.notice = n.id AND a.reference = $2) AS tried,
       EXISTS (SELECT 1 FROM notice_attempt a WHERE a.notice = n.id AND a.reference = $2 AND a.outcome IN ('delivered', 'failed')) AS told
     FROM notice n WHERE n.id = $1 AND n.steps IS NOT NULL`,
    [id, key],
  );
  return found && (found.current || found.tried) ? found : null;
}
