import { createHash, randomInt } from 'node:crypto';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { PaymentRequest, RecordedPayment } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import type { Sql } from '../store/database.ts';
import { tengeOf, tiynOf } from './tiyn.ts';

type PaymentRow = {
  receipt_number: string;
  body_sha256: string;
  amount_tiyn: string;
  kbk: string;
  payer_id: string;
  purpose: string;
  paid_at: string;
  recorded_at: string;
};
const COLUMNS = 'receipt_number, body_sha256, amount_tiyn::text AS amount_tiyn, kbk, payer_id, purpose, paid_at, recorded_at';

const toPayment = (row: PaymentRow): RecordedPayment => ({
  receiptNumber: row.receipt_number,
  amount: tengeOf(BigInt(row.amount_tiyn)),
  kbk: row.kbk,
  payerId: row.payer_id,
  purpose: row.purpose,
  paidAt: row.paid_at,
  recordedAt: row.recorded_at,
});

/** Records a payment once for its key and gives it a receipt number. */
export async function recordPayment(registry: Registry, request: PaymentRequest, key: string): Promise<Outcome<RecordedPayment>> {
  const tiyn = tiynOf(request.amount);
  if (tiyn === null) return refuse('input-invalid');
  const bodySha256 = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const recordedAt = registry.clock();
  return registry.db.transaction(async (sql) => {
    for (;;) {
      const [recorded] = await sql.query<PaymentRow>(
        `INSERT INTO payment (receipt_number, idempotency_key, body_sha256, amount_tiyn, kbk, payer_id, purpose, paid_at, recorded_at)
         VALUES ($1, $2, $3, $4::bigint, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
        [
          newReceiptNumber(recordedAt),
          key,
          bodySha256,
          tiyn.toString(),
          request.kbk,
          request.payerId,
          request.purpose,
          request.paidAt,
          recordedAt,
        ],
      );
      if (recorded) return done(toPayment(recorded));
      const [earlier] = await sql.query<PaymentRow>(`SELECT ${COLUMNS} FROM payment WHERE idempotency_key = $1`, [key]);
      if (earlier) return earlier.body_sha256 === bodySha256 ? done(toPayment(earlier)) : refuse('request-id-reused');
    }
  });
}

/** Year and month, then ten digits that nobody can guess, so that a number is known to whoever paid. */
function newReceiptNumber(at: string): string {
  return courtDayOf(at).slice(2, 7).replace('-', '') + String(randomInt(10 ** 10)).padStart(10, '0');
}

/** A recorded payment with this number, payer and amount, locked until the transaction ends; null when there is none such. */
export async function findPayment(
  sql: Sql,
  { number, payerId, amount }: { readonly number: string; readonly payerId: string; readonly amount: number | string },
): Promise<RecordedPayment | null> {
  const [row] = await sql.query<PaymentRow>(`SELECT ${COLUMNS} FROM payment WHERE receipt_number = $1 AND payer_id = $2 FOR UPDATE`, [
    number.trim(),
    payerId.trim(),
  ]);
  return row && tiynOf(amount) === BigInt(row.amount_tiyn) ? toPayment(row) : null;
}
