import type { DeliveryReceipts } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import type { Gateway } from './configuration.ts';
import { changeNotices } from './delivery-row.ts';
import { isSignature, signatureOf } from './gateway-signature.ts';
import { giveUpChannel } from './send-notices.ts';

/** How far the clocks of the gateway and the registry may differ. */
const CLOCKS_MS = 5 * 60_000;
const KEY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(push|sms)$/;

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
    const [, id = '', via = ''] = KEY.exec(key) ?? [];
    const [notice] =
      id === '' ? [] : await registry.db.query<{ court: string }>('SELECT court FROM notice WHERE id = $1 AND via = $2', [id, via]);
    if (!notice) continue;
    known++;
    const where = `id = $3 AND via = $4 AND state IN ('waiting', 'sent')`;
    // what is read in the cabinet is delivered there; the message only said so
    const set = `state = CASE WHEN asked = 'cabinet' THEN 'sent' ELSE 'delivered' END, reason = NULL, due_at = NULL`;
    if (state === 'delivered') await changeNotices(registry, notice.court, { set, where, parameters: [id, via] });
    else
      await giveUpChannel(
        registry,
        { id, court: notice.court, via },
        /^[\w.-]{1,40}$/.test(code ?? '') ? `receipt-${code}` : 'receipt-failed',
      );
  }
  return known;
}
