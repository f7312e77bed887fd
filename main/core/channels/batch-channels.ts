import type { Batch, Session } from '../../../shared/contract/index.ts';
import { fail, ok, type Failure, type Result } from '../../../shared/result.ts';
import { listBatches, planBatch, readBatch, resumeBatch, settleBatches, startBatch, type BatchRun } from '../../acts/index.ts';
import { actName } from '../act-name.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';
import { readUiSettings } from '../settings.ts';
import { listSigningKeys, signingKey } from '../signing-keys.ts';
import { readTexts } from '../texts.ts';

type Group = 'keys.list' | 'batch.plan' | 'batch.start' | 'batch.resume' | 'batch.stop' | 'batch.get' | 'batch.list';

export function batchChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, tokenHost } = context;
  const { read } = desk.store;
  /** Set while a batch of this window is signed. */
  let halted: Failure | null = null;
  let signing = false;

  async function sign(session: Session, keyId: string, work: (run: BatchRun) => Promise<Result<Batch>>): Promise<Result<Batch>> {
    if (signing) return fail('batch-running');
    signing = true;
    halted = null;
    try {
      const key = await signingKey(desk, tokenHost, session.userId, keyId);
      if (!key.ok) return key;
      const { ref, choice } = key.value;
      const { language } = readUiSettings(read, session.userId);
      const texts = readTexts(desk.config.resourcesDir, language);
      return await work({
        key: ref,
        place: choice.label,
        certificate: choice.certificate,
        actor: session.userId,
        language,
        display: (acts) => ({
          title:
            acts.length === 1
              ? actName(desk.reference, texts, language, acts[0]!)
              : texts('batch.pinTitle', { count: String(acts.length) }),
          lines: [
            acts.length === 1 ? acts[0]!.number : texts('batch.pinList'),
            [choice.owner, choice.label].filter((part) => part !== null).join(' · '),
          ],
        }),
        // the PIN is for this batch, this person and this session: locking or leaving ends it, as a press of the person does
        whyOver: () => context.session.whyOver(session.userId),
        mayGoOn: () => halted,
        onChange: (id) => context.emit('batch.changed', { id }),
      });
    } finally {
      signing = false;
      context.emit('work.changed', { filingIds: [], arrived: 0 });
      context.nudge();
    }
  }

  const found = (session: Session, id: string): Result<Batch> => {
    const batch = readBatch(read, session.userId, id);
    return batch ? ok(batch) : fail('not-found');
  };

  return {
    'keys.list': async (_input, session) => ok(await listSigningKeys(desk, tokenHost, session.userId)),
    'batch.plan': ({ ids }, session) => planBatch(read, { reference: desk.reference, now: desk.config.clock() }, session.userId, ids),
    'batch.start': ({ acts, keyId }, session) => sign(session, keyId, (run) => startBatch(desk.batches, run, acts)),
    'batch.resume': ({ id, keyId }, session) => {
      const batch = found(session, id);
      return batch.ok ? sign(session, keyId, (run) => resumeBatch(desk.batches, run, id)) : batch;
    },
    'batch.stop': () => {
      if (signing) halted = fail('batch-halted').error;
      return ok(null);
    },
    'batch.get': ({ id }, session) => {
      if (!signing) settleBatches(desk.batches);
      return found(session, id);
    },
    'batch.list': (_input, session) => {
      if (!signing) settleBatches(desk.batches);
      return ok(listBatches(read, session.userId));
    },
  };
}
