import { afterAll, beforeAll, expect, it } from 'vitest';
import { oversightChannels } from '../../../main/core/channels/oversight-channels.ts';
import type { CoreContext } from '../../../main/core/core-context.ts';
import { clearFinding, keepFinding } from '../../../main/sync/history-finding.ts';
import { journalStateShape, type Session } from '../../../shared/contract/index.ts';
import { must, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
beforeAll(async () => {
  office = await trainingOffice({ samples: 1 });
});
afterAll(() => office.close());

it('what is found against the registry does not call the journal of the desk broken; what is found against the journal does', async () => {
  const { desk } = office;
  const { store, config } = desk;
  const last = { at: config.clock(), entries: 3, fault: null };
  const context = { desk, journalWatch: { state: () => ({ last, progress: null }) } } as unknown as CoreContext;
  const found = async (code: Parameters<typeof keepFinding>[1]['code']) => {
    keepFinding(store, { code, entry: 5013, since: null }, config.clock());
    const state = must((await oversightChannels(context)['journal.state']({}, {} as Session)) as never);
    store.write((tx) => clearFinding(tx));
    return journalStateShape.parse(state).finding;
  };
  for (const code of ['registry-restored', 'registry-history-changed', 'registry-key-changed'] as const)
    expect(await found(code)).toBeNull();
  for (const code of ['journal-rolled-back', 'journal-edited', 'database-swapped'] as const)
    expect(await found(code)).toEqual({ code, entry: 5013 });
});
