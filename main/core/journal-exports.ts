import type { JournalExportParts, WipeParts } from '../journal/index.ts';
import { readHistoryKey, readReceipt } from '../sync/index.ts';
import type { Desk } from './desk.ts';

/** What a journal needs to leave this desk as a signed archive. */
export function journalExportParts({ store, profile, config, systemKey }: Desk): JournalExportParts {
  const receipt = readReceipt(store.read);
  const key = readHistoryKey(store.read);
  const { code, nameKk, nameRu } = profile.court;
  return {
    store,
    court: { code, nameKk, nameRu },
    workstation: profile.workstationId,
    training: profile.mode === 'training',
    clock: config.clock,
    systemKey,
    anchor: receipt && key ? { ...receipt, key } : null,
  };
}

/** By what a desk knows what is beyond its term: the law, and the last time that the registry has confirmed. */
export function wipeParts({ store, blobs, reference, config }: Desk): WipeParts {
  const at = readReceipt(store.read)?.anchoredAt;
  return { store, blobs, terms: (day) => reference.retentionOn(day), clock: config.clock, confirmedAt: at || null };
}
