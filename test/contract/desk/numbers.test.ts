import { afterEach, expect, it } from 'vitest';
import { outboxOf, syncOnce } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { REGISTRY_PATHS } from '../../../shared/registry/index.ts';
import { must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
afterEach(() => office.close());

it('a series that the centre refuses leaves the others their numbers, and the rest of the round goes on', async () => {
  office = await trainingOffice({ now: '2026-11-20T04:00:00Z' });
  const { id } = await office.submit(sampleOf(office, 'good', 'claim'));
  let refused = 0;
  office.fault = ({ method, route, n }) => {
    if (method !== 'POST' || route !== REGISTRY_PATHS.numberBlocks || n !== 2) return null;
    refused++;
    return { kind: 'not-found' };
  };
  expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'registry-refused', params: { status: 404 } } });
  expect(refused).toBe(1);
  const series = office.desk.store.read.all<{ series: string; typeIndex: string }>(
    'SELECT DISTINCT series, type_index AS typeIndex FROM number_block ORDER BY series, type_index',
  );
  expect(series).toEqual([
    { series: 'case', typeIndex: '2' },
    { series: 'case', typeIndex: '3' },
    { series: 'case', typeIndex: '4' },
    { series: 'incoming', typeIndex: '' },
  ]);

  const secretary = await signInAs(office, 'secretary');
  must(register(office, id, secretary));
  must(await syncOnce(office.desk));
  expect(readFiling(office.desk.store.read, id)).toMatchObject({ confirmedAt: expect.any(String) as string });
  expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
});
