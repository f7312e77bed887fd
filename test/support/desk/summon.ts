import { createHash, randomBytes } from 'node:crypto';
import type { Desk } from '../../../main/core/index.ts';

/** Larger than what goes up in one request. */
const SUMMONS_BYTES = 1_300_000;

/** Sets a hearing for a registered filing and summons the filer to it, with a paper that goes up in several parts. Once for a filing. */
export async function summon(desk: Desk, filingId: string, actor: string): Promise<void> {
  const paper = await desk.blobs.putBytes(randomBytes(SUMMONS_BYTES));
  if (!paper.ok) throw new Error(paper.error.code);
  const at = desk.config.clock();
  const hearingId = uuidOf(`hearing ${filingId}`);
  const recipient = { name: 'Ә. Өмірбекова', channel: 'cabinet' as const, address: null, filingId };
  const hearing = { hearingId, filingId, caseNumber: null, revision: 1, startsAt: at, place: 'Алматы', room: '3', judgeId: null };
  const how = { mode: 'in-person' as const, link: null, recordingNote: null, recipients: [recipient] };
  const summons = { summonsId: uuidOf(`summons ${filingId}`), hearingId, recipient, sha256: paper.value.sha256, size: SUMMONS_BYTES };
  const { newId } = desk.config;
  desk.store.write((tx) => {
    tx.outbox({ id: newId(), subject: filingId, kind: 'hearing.set', actor, at, uploads: [], payload: { ...hearing, ...how } });
    tx.outbox({ id: newId(), subject: filingId, kind: 'summons.issue', actor, at, uploads: [paper.value.sha256], payload: summons });
  });
}

/** Always the same for the same name, so that doing it twice would be refused. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
