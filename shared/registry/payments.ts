/** Duties that were paid online: the registry records what the bank of the cabinet has confirmed. */
import { z } from 'zod';
import { instantSchema, textSchema } from './values.ts';

export const paymentRequestSchema = z.strictObject({
  /** Tenge, exact to the tiyn: at most two decimals, more than nothing. */
  amount: z.string().regex(/^(?=.*[1-9])(0|[1-9]\d{0,12})(\.\d{1,2})?$/),
  /** Budget classification code. */
  kbk: z.string().regex(/^\d{6}$/),
  /** IIN or BIN. */
  payerId: z.string().regex(/^\d{12}$/),
  purpose: z.string().min(1).max(1000),
  paidAt: instantSchema,
});
export type PaymentRequest = z.infer<typeof paymentRequestSchema>;

/** What the registry holds of a payment; `receiptNumber` is what a filing names as the number of its payment. */
export const recordedPaymentSchema = z.looseObject({
  receiptNumber: textSchema(40),
  amount: textSchema(40),
  kbk: textSchema(40),
  payerId: textSchema(40),
  purpose: textSchema(1000),
  paidAt: instantSchema,
  recordedAt: instantSchema,
});
export type RecordedPayment = z.infer<typeof recordedPaymentSchema>;
