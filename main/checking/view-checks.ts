import type { ContentView, Duty } from '../../shared/contract/index.ts';
import { formatTenge } from '../../shared/domain/money.ts';
import type { DocumentRecord, FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import { contentsOf } from './contents.ts';
import { dutyOf } from './duty-of-filing.ts';

const names = ({ kk, ru, en }: { readonly kk: string; readonly ru: string; readonly en: string }) => ({ kk, ru, en });

/** The duty of a filing as the window shows it, line by line; null for a kind that costs nothing. */
export function viewDuty(reference: Reference, filing: FilingRecord): Duty | null {
  const duty = dutyOf(reference, reference.kind(filing.kind), filing);
  if (duty === null) return null;
  const { reckoning, paid, day, payer, basisByPayment } = duty;
  return {
    due: reckoning && formatTenge(reckoning.due),
    paid: paid === null ? null : formatTenge(paid),
    ...{ day, payer },
    index: reckoning?.mci ?? null,
    basis: reckoning && names(reckoning.basis),
    assumed: basisByPayment ? 'payment' : reckoning?.assumed ? 'yes' : 'no',
    edition: reckoning?.edition.act ?? null,
    exemption: reckoning?.exemption ? { ...names(reckoning.exemption), source: reckoning.exemption.source } : null,
    lines: (reckoning?.lines ?? []).map(({ rate, how, factor, times, of, amount, cap, base }) => ({
      ...names(rate),
      source: `НК ${rate.para}`,
      ...{ how, factor, times, base },
      of: formatTenge(of),
      amount: formatTenge(amount),
      cap: cap && { indexes: cap.indexes, amount: formatTenge(cap.amount) },
    })),
  };
}

/** What the law asks of it, item by item. */
export const viewContents = (reference: Reference, filing: FilingRecord, documents: readonly DocumentRecord[]): ContentView[] =>
  contentsOf(reference, reference.kind(filing.kind), filing, documents).map(({ code, source, state, ...item }) => ({
    ...names(item),
    code,
    source,
    state,
  }));
