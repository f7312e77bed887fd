import { afterAll, beforeAll, expect, it } from 'vitest';
import { pull } from '../../../main/core/index.ts';
import { createTextReading } from '../../../main/core/document-texts.ts';
import { createRounds } from '../../../main/core/sync-rounds.ts';
import { readFiling } from '../../../main/intake/index.ts';
import type { CoreContext } from '../../../main/core/core-context.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
let told: { filingIds: readonly string[]; arrived: number; verdictOf: (id: string) => unknown }[] = [];
const emit = ((event: string, payload: { filingIds: readonly string[]; arrived: number }) => {
  if (event !== 'work.changed') return;
  const verdicts = new Map(submitted.map((id) => [id, readFiling(office.desk.store.read, id)?.verdict ?? null]));
  told.push({ ...payload, verdictOf: (id) => verdicts.get(id) });
}) as CoreContext['emit'];
let submitted: string[] = [];

beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
});
afterAll(() => office.close());

async function submitThree(): Promise<void> {
  const good = office.samples.filter(({ story }) => story === 'good').slice(0, 3);
  submitted = [];
  for (const sample of good) submitted.push((await office.submit(sample)).id);
  told = [];
}

it('of the filing that is open the window hears once it is checked; of the others when the round is over', async () => {
  await submitThree();
  const [open, next, last] = submitted as [string, string, string];
  must(await office.desk.leases.open(open, secretary));
  await createRounds(office.desk, emit, () => undefined, 24 * 3_600_000).now();
  const atOnce = told.slice(0, -1);
  expect(atOnce.map(({ filingIds, arrived }) => ({ filingIds, arrived }))).toEqual(atOnce.map(() => ({ filingIds: [open], arrived: 0 })));
  const whenChecked = atOnce.find(({ verdictOf }) => verdictOf(open) !== null)!;
  expect(whenChecked.verdictOf(last)).toBeNull();
  expect(told.at(-1)).toMatchObject({ filingIds: expect.arrayContaining([open, next, last]) as unknown, arrived: 3 });
});

it('and once its text is read, before the texts of the others are', async () => {
  const [open] = submitted as [string];
  const reading = createTextReading(office.desk, emit);
  told = [];
  reading.wake();
  await expect.poll(() => told.some(({ filingIds }) => filingIds.length > 1), { timeout: 60_000 }).toBe(true);
  await reading.stop();
  expect(told[0]?.filingIds).toEqual([open]);
});
