import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const rateSchema = z.looseObject({
  id: z.string(),
  percent: z.number().optional(),
  cap_mci: z.number().optional(),
  mci: z.number().optional(),
  percent_of_base: z.number().optional(),
});
const dutySchema = z.looseObject({ rates: z.array(rateSchema) });

/** Knows what a filer of the samples has to pay; the rates and the monthly index are the law data of resources/reference. */
export type DutyCalculator = (rate: string, claimValue: number, payer: 'individual' | 'legal', paidOn: string) => number;

/** @returns a calculator in tenge, exact to the tiyn; `paidOn` is a date `YYYY-MM-DD` (the index of the day of payment counts) */
export function loadDuty(resourcesDir: string): DutyCalculator {
  const read = (name: string) => readFileSync(join(resourcesDir, 'reference', name), 'utf8');
  const rates = new Map(dutySchema.parse(JSON.parse(read('state_duty_2026.json'))).rates.map((rate) => [rate.id, rate]));
  const indexes = parse<{ valid_from: string; mci_kzt: string }>(read('mci.csv'), { columns: true });
  const mciOn = (day: string) => Number(indexes.filter((row) => row.valid_from <= day).at(-1)?.mci_kzt);

  return function duty(id, claimValue, payer, paidOn): number {
    const rate = rates.get(id);
    if (rate?.percent_of_base !== undefined)
      return inTiyn((duty(`property_${payer}`, claimValue, payer, paidOn) * rate.percent_of_base) / 100);
    if (rate?.percent !== undefined) return inTiyn(Math.min((claimValue * rate.percent) / 100, (rate.cap_mci ?? Infinity) * mciOn(paidOn)));
    if (rate?.mci !== undefined) return inTiyn(rate.mci * mciOn(paidOn));
    throw new Error(`no rate of state duty: ${id}`);
  };
}

const inTiyn = (tenge: number) => Math.round(tenge * 100) / 100;
