import { afterAll, beforeAll, expect, it } from 'vitest';
import { filingChannels } from '../../../main/core/channels/filing-channels.ts';
import type { CoreContext } from '../../../main/core/core-context.ts';
import { finishWork, pull, type Desk } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { flagFiling } from '../../../main/registration/index.ts';
import type { Session } from '../../../shared/contract/index.ts';
import { fail } from '../../../shared/result.ts';
import { arrive, must, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let session: Session;
beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  session = { userId: await signInAs(office, 'secretary'), name: 'Хатшы', activeRole: 'secretary' } as Session;
});
afterAll(() => office.close());

const noRoom = Object.assign(new Error('no space left'), { code: 'SQLITE_FULL' });
it.each([
  ['its talon cannot be kept', () => Promise.resolve(fail('disk-full'))],
  ['the store cannot grow', () => Promise.reject(noRoom)],
] as const)(
  'a filing that is registered is answered as registered when %s, and the window and the sync hear of it',
  async (_, putBytes) => {
    const { desk } = office;
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    const blobs = { ...desk.blobs, putBytes };
    const full = { ...desk, registration: { ...desk.registration, blobs }, acts: { ...desk.acts, blobs } } as unknown as Desk;
    const told: string[] = [];
    const channels = filingChannels({
      desk: full,
      emit: (event: string) => told.push(event),
      nudge: () => told.push('nudge'),
      syncStatus: () => ({ online: true }),
    } as unknown as CoreContext);
    const revision = () => readFiling(desk.store.read, id)!.revision;
    must(flagFiling(desk.registration, { id, revision: revision(), actor: session.userId }, [{ code: 'fee', note: null }]));
    await channels['filing.before-register']({ id, search: '' }, session);
    told.length = 0;
    const seenDuplicates = desk.store.read.all<{ id: string }>('SELECT id FROM filing').map((one) => one.id);

    const answer = await channels['filing.register']({ id, revision: revision(), joinsCase: null, seenDuplicates }, session);
    expect(answer).toMatchObject({ ok: true, value: { filing: { id, state: 'with-judge', incomingNumber: expect.any(String) } } });
    expect(told).toEqual(expect.arrayContaining(['work.changed', 'nudge']));
    expect(desk.store.read.get('SELECT sha256 FROM talon WHERE filing_id = ?', id)).toEqual({ sha256: null });

    // with room again the round makes what is missing
    must(await finishWork(desk));
    expect(desk.store.read.get('SELECT sha256 FROM talon WHERE filing_id = ?', id)).toEqual({ sha256: expect.any(String) });
    expect(desk.store.read.all('SELECT kind, state FROM act WHERE filing_id = ?', id)).toEqual([{ kind: 'ruling-return', state: 'draft' }]);
  },
);
