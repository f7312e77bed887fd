/**
 * The desk of a secretary as a process of its own, to be killed: whatever is registered gets a hearing, which is moved once, its people are
 * summoned, its sender is asked and answered; ends when everything is sent. Argument: profile folder. Says `ready` once the desk is open.
 */
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { openDesk, outboxOf, resume, syncOnce } from '../../../main/core/index.ts';
import { askSurvey, fulfilRequest, issueSummons, readProceedings, setHearing } from '../../../main/proceedings/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import type { HearingPlan, Proceedings } from '../../../shared/contract/index.ts';

const profileDir = process.argv[2]!;
const clock = () => new Date().toISOString();
const key = openDataKey(profileDir, { kind: 'open' });
if (!key.ok) throw new Error(key.error.code);
const tokenHost = createTokenHost(() => Promise.resolve(null));
const resourcesDir = path.resolve('resources');
const opened = await openDesk({ profileDir, dataKey: key.value, resourcesDir, registryUrl: null, clock, newId }, { tokenHost });
if (!opened.ok) throw new Error(opened.error.code);
const desk = opened.value;
resume(desk);
process.send?.('ready');

const actor = desk.store.read.get<{ id: string }>("SELECT id FROM app_user WHERE roles LIKE '%secretary%'")!.id;
const filings = desk.store.read.all<{ id: string }>('SELECT id FROM filing WHERE registered_at IS NOT NULL ORDER BY id');
const parts = desk.proceedings;
const look = (filingId: string): Proceedings =>
  readProceedings(desk.store.read, desk.reference, { filingId, role: 'secretary', now: clock() })!;
const planOf = ({ people }: Proceedings, room: string): HearingPlan => ({
  ...{ startsAt: '2030-12-03T05:00:00.000Z', place: 'Астана', room, judgeId: null, mode: 'in-person', link: null, recordingNote: null },
  recipients: people.map(({ name, filingId }) => ({ name, channel: filingId === null ? 'post' : 'cabinet', address: null, filingId })),
});

for (;;) {
  for (const { id } of filings) {
    const now = look(id);
    const [hearing] = now.hearings;
    if (!hearing) setHearing(parts, { filingId: id, hearing: null, plan: planOf(now, '214'), actor });
    else if (hearing.revision === 1) {
      const moved = { id: hearing.id, revision: hearing.revision };
      setHearing(parts, { filingId: id, hearing: moved, plan: planOf(now, '305'), actor });
    } else if (hearing.summonses.length === 0) {
      const { id: hearingId, revision, recipients } = hearing;
      await issueSummons(parts, { hearingId, revision, recipients, actor });
    } else if (now.surveys.length === 0) askSurvey(parts, { filingId: id, questionSet: 'hearing-1', actor });
    else if (now.fulfilment === null) {
      const paper = await desk.blobs.putBytes(new Uint8Array(Buffer.from(`%PDF-1.7 ${id}`)));
      if (!paper.ok) throw new Error(paper.error.code);
      const documents = [{ ...paper.value, title: 'Хаттама', fileName: 'hattama.pdf' }];
      fulfilRequest(parts, { filingId: id, documents, note: null, actor });
    }
  }
  await syncOnce(desk);
  if (outboxOf(desk).waiting === 0 && filings.every(({ id }) => look(id).fulfilment?.standing.state === 'confirmed')) break;
}
desk.close();
