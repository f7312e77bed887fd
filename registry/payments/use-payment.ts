import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { FilingMessage, FilingSubmission } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';
import { findPayment } from './record-payment.ts';

type Told = { readonly payment?: FilingMessage['payment'] };

/**
 * What the desk is told of a filing's payment. Where the registry recorded it, with the same payer and amount, its members are the registry's own;
 * otherwise they are the filer's words, and his word that it was recorded is left out. One payment serves one filing: a later one that
 * names it is told apart by `usedBefore`.
 */
export async function tellPayment(sql: Sql, { payment }: FilingSubmission): Promise<Told> {
  if (!payment) return payment === null ? { payment: null } : {};
  const claimed = { ...payment };
  delete claimed['recorded'];
  delete claimed['usedBefore'];
  const { number, payerId, amount } = claimed;
  const found = payerId ? await findPayment(sql, { number, payerId, amount }) : null;
  if (found === null) return { payment: claimed };
  const uses = await sql.query('SELECT 1 FROM payment_use WHERE payment = $1 LIMIT 1', [found.receiptNumber]);
  return {
    payment: {
      ...claimed,
      amount: found.amount,
      date: courtDayOf(found.paidAt),
      number: found.receiptNumber,
      payerId: found.payerId,
      kbk: found.kbk,
      recorded: true,
      usedBefore: uses.length > 0,
    },
  };
}

/** From now on the payment has served this filing, which must be there. */
export async function keepPaymentUse(sql: Sql, filing: string, { payment }: Told): Promise<void> {
  if (payment?.recorded) await sql.query('INSERT INTO payment_use (payment, filing) VALUES ($1, $2)', [payment.number, filing]);
}
