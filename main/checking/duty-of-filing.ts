import { courtDayOf } from '../../shared/domain/court-day.ts';
import { money } from '../../shared/domain/kk-format.ts';
import type { FilingMessage, Party } from '../../shared/registry/index.ts';
import { filersOf, type DocumentRecord, type FilingRecord } from '../intake/index.ts';
import type { FilingKind, Reference } from '../reference/index.ts';
import type { Finding, MakeFinding } from './finding.ts';
import { formFieldsOf, readCourtDay } from './form-fields.ts';
import { assumedBasis, countOf, isByValue, reckonDuty, sumOf, type DutyReckoning } from './state-duty.ts';

type About = Pick<FilingRecord, 'message'>;
export type DutyOfFiling = {
  readonly reckoning: DutyReckoning | null;
  /** Tiyn; null when nothing readable was paid. */
  readonly paid: bigint | null;
  /** The day whose rates and index count: of the payment, else of the receipt of the filing. */
  readonly day: string;
  readonly payer: 'individual' | 'legal';
  /** The filing names no basis, and what was paid is the duty of this one. */
  readonly basisByPayment: boolean;
  /** The duty is a part of the value of the claim, and the filing names none. */
  readonly lacksValue: boolean;
  /** The filing names a value and, beside it, a basis by which its value costs nothing. */
  readonly passesValueBy: boolean;
};

/** The duty of a filing with its reasoning; null for a kind that costs nothing. */
export function dutyOf(reference: Reference, kind: FilingKind | null, { message }: About): DutyOfFiling | null {
  if (!kind?.dutyRule) return null;
  const fields = formFieldsOf(message);
  const value = sumOf(message.claimValue);
  const paid = sumOf(message.payment?.amount);
  const day = (message.payment && readCourtDay(message.payment.date)) ?? courtDayOf(message.receivedAt);
  const payer = payerOf(message, kind);
  const claimValue = value === 'unreadable' ? null : value;
  const reckon = (basis: string | null, of = claimValue) =>
    reckonDuty(reference.duty, {
      ...{ rule: kind.dutyRule!, basis, payer, paidOn: day },
      claimValue: of,
      exemption: fields['exemption'] || null,
      documents: countOf(fields['copies']),
      pages: countOf(fields['pages']),
    });
  const reckoning = reckon(fields['dutyBasis'] || null);
  const sum = paid === 'unreadable' ? null : paid;
  const lacksValue = reckoning === null && claimValue === null && reckon(fields['dutyBasis'] || null, 1n) !== null;
  const usual = claimValue === null ? null : reckon(assumedBasis(kind.dutyRule, true).id);
  const passesValueBy = usual !== null && isByValue(usual) && reckoning !== null && !isByValue(reckoning);
  const answer = { reckoning, paid: sum, day, payer, basisByPayment: false, lacksValue, passesValueBy };
  if (!reckoning?.assumed || sum === null || sum === reckoning.due) return answer;
  // of a claim that has a value a fixed sum is no proof that only a fixed sum is due
  const fits = (found: DutyReckoning) =>
    found.due === sum && sum > 0n && (claimValue === null || found.lines.some(({ how, base }) => how === 'percent' && !base));
  const other = kind.dutyRule.bases.map(({ id }) => reckon(id)).find((found) => found !== null && fits(found));
  return other ? { ...answer, reckoning: { ...other, assumed: true }, basisByPayment: true } : answer;
}

function payerOf(message: FilingMessage, kind: FilingKind): 'individual' | 'legal' {
  const [first] = filersOf(message, kind);
  return first && !first.iin && (Boolean(first.bin) || /^(org|legal|company|юр|заңды)/i.test(first.type)) ? 'legal' : 'individual';
}

/** What is to be said of the payment: whether it is there, whole and readable, and whether it is what is due, to the tiyn. */
export function findDuty(
  duty: DutyOfFiling | null,
  kind: FilingKind | null,
  filing: About,
  documents: readonly DocumentRecord[],
  make: MakeFinding,
): Finding[] {
  const { message } = filing;
  const found: Finding[] = [];
  if (sumOf(message.claimValue) === 'unreadable')
    found.push(make('claim-value-unreadable', { field: 'claimValue', params: { value: String(message.claimValue).slice(0, 40) } }));
  if (!duty || !kind) return found;
  const { reckoning, paid } = duty;
  if (duty.lacksValue) found.push(make('duty-value', { field: 'claimValue' }));
  else if (reckoning === null) found.push(make('duty-unknown', { params: { day: duty.day } }));
  if (reckoning?.beforeEditions)
    found.push(make('duty-edition', { field: 'payment.date', params: { day: duty.day, from: reckoning.edition.validFrom } }));
  if (duty.passesValueBy) found.push(make('duty-basis-value', { field: 'dutyBasis' }));
  const exemption = reckoning?.exemption ?? null;
  if (exemption) found.push(make('duty-exempt', { field: 'exemption', params: { article: exemption.source } }));
  if (!message.payment) {
    const onPaper = documents.some(({ role }) => role === 'duty_payment');
    const due = reckoning?.due ?? 1n;
    if (due > 0n && !exemption)
      found.push(
        onPaper ? make('payment-on-paper') : make('payment-missing', { field: 'payment', params: { due: reckoning ? money(due) : '—' } }),
      );
    return found;
  }
  found.push(...aboutReceipt(message, kind, make, reckoning?.edition.kbk ?? []));
  if (paid === null) return [...found, make('payment-unreadable', { field: 'payment.amount' })];
  if (reckoning === null || exemption) return found;
  const { due } = reckoning;
  const sums = { due: money(due), paid: money(paid) };
  if (paid < due) found.push(make('duty-short', { field: 'payment.amount', params: { ...sums, less: money(due - paid) } }));
  if (paid > due) found.push(make('duty-over', { field: 'payment.amount', params: { ...sums, more: money(paid - due) } }));
  if (duty.basisByPayment) found.push(make('duty-basis', { field: 'dutyBasis' }));
  return found;
}

function aboutReceipt(message: FilingMessage, kind: FilingKind, make: MakeFinding, kbk: readonly string[]): Finding[] {
  const payment = message.payment!;
  const found: Finding[] = [];
  const missing = (['number', 'date', 'payerId', 'kbk'] as const).filter((part) => !payment[part]?.trim());
  for (const part of missing) found.push(make('payment-incomplete', { field: `payment.${part}` }));
  if (payment.date.trim() !== '') {
    const day = readCourtDay(payment.date);
    if (day === null) found.push(make('date-impossible', { field: 'payment.date', params: { date: payment.date } }));
    else if (day > courtDayOf(message.receivedAt)) found.push(make('payment-date', { field: 'payment.date', params: { date: day } }));
  }
  if (payment.kbk && kbk.length > 0 && !kbk.includes(payment.kbk.trim()))
    found.push(make('payment-kbk', { field: 'payment.kbk', params: { kbk: payment.kbk } }));
  const payers = [...filersOf(message, kind), ...(message.representative ? [message.representative] : [])];
  if (payment.payerId && !payers.some((party) => isOf(party, payment.payerId!)))
    found.push(make('payment-payer', { field: 'payment.payerId' }));
  return found;
}
const isOf = ({ iin, bin }: Pick<Party, 'iin' | 'bin'>, id: string): boolean => [iin, bin].includes(id.trim());
