import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FilingMessage, FilingSubmission, RecordedPayment } from '../../../shared/registry/index.ts';
import type { Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { makeSubmission, submitFiling } from '../../support/registry/filer.ts';
import { NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

const PAYER = '870131400012';

describeOnEveryDatabase('payments', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  beforeAll(async () => {
    open = await openRegistry(fresh);
    desk = await open.desk();
  });
  afterAll(() => open?.registry.close());

  async function pay(amount: string): Promise<RecordedPayment> {
    const json = { amount, kbk: '108126', payerId: PAYER, purpose: 'Мемлекеттік баж', paidAt: '2026-11-20T20:30:00Z' };
    return (await open.client.call('recordPayment', { json, headers: { 'idempotency-key': randomUUID() } })).json;
  }
  /** What the court's desk is told of the payment of a filing. */
  async function told(payment: FilingSubmission['payment'] & object): Promise<FilingMessage['payment']> {
    const before = (await desk.feed()).length;
    await submitFiling(open.client, '9900', randomUUID(), { payment });
    const [item] = await desk.feed(before);
    return (item?.data as FilingMessage).payment;
  }
  const naming = ({ receiptNumber, amount }: RecordedPayment) => ({ amount, date: '2026-11-21', number: receiptNumber, payerId: PAYER });

  it('a payment that the registry recorded is told as its own record', async () => {
    const payment = await pay('1234567.5');
    expect(payment).toMatchObject({ amount: '1234567.50', recordedAt: NOW });
    expect(await told({ ...naming(payment), amount: 1234567.5, date: 'yesterday', kbk: '999999' })).toEqual({
      amount: '1234567.50',
      date: '2026-11-21', // 01:30 of the next day in the courts
      number: payment.receiptNumber,
      payerId: PAYER,
      kbk: '108126',
      recorded: true,
      usedBefore: false,
    });
  });

  it.each([
    ['another amount by one tiyn', { amount: '500.01' }],
    ['another payer', { payerId: '900340000058' }],
    ['no payer', { payerId: null }],
    ['a number that was not given', { number: '26110000000000' }],
  ])('with %s it is the filer who says so, whatever he says', async (_, wrong) => {
    const claimed = { ...naming(await pay('500')), ...wrong };
    expect(await told({ ...claimed, recorded: true, usedBefore: false })).toEqual(claimed);
  });

  it('one payment serves one filing; the next one is taken and told apart', async () => {
    const payment = await pay('2162.50');
    expect(await told(naming(payment))).toMatchObject({ recorded: true, usedBefore: false });
    expect(await told({ ...naming(payment), usedBefore: false })).toMatchObject({ recorded: true, usedBefore: true });
  });

  it('of two filings at once that name one payment, one is the first', async () => {
    const payment = await pay('2162.51');
    const before = (await desk.feed()).length;
    await Promise.all([1, 2, 3].map(() => submitFiling(open.client, '9900', randomUUID(), { payment: naming(payment) })));
    const used = (await desk.feed(before)).map(({ data }) => (data as FilingMessage).payment?.usedBefore);
    expect(used.sort()).toEqual([false, true, true]);
  });

  it('the largest sums keep their tiyn', async () => {
    expect((await pay('9999999999999.99')).amount).toBe('9999999999999.99');
    expect((await pay('0.01')).amount).toBe('0.01');
  });

  it('a receipt on paper is a document of its role', async () => {
    const before = (await desk.feed()).length;
    const { submission } = makeSubmission('9900', 'receipt');
    await submitFiling(open.client, '9900', 'receipt', {
      documents: submission.documents.map((document) => ({ ...document, role: 'duty_payment' })),
    });
    const [item] = await desk.feed(before);
    expect((item?.data as FilingMessage).documents.map(({ role }) => role)).toEqual(['duty_payment']);
  });
});
