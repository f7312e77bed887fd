import type { Session } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { listVersions, readAct } from '../../acts/index.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group = 'act.versions' | 'act.open-version';

export function versionChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell } = context;
  /** A judge sees the texts of the own acts alone; the office prepares those of all. */
  function seen(id: string, { activeRole, userId }: Session): Result<{ filingId: string }> {
    const act = readAct(desk.store.read, id);
    return act && (activeRole !== 'judge' || act.judgeId === userId) ? ok(act) : fail('not-found');
  }
  return {
    'act.versions': ({ id }, session) => {
      const act = seen(id, session);
      return act.ok ? ok(listVersions(desk.store.read, id)) : act;
    },
    'act.open-version': async ({ id, number }, session) => {
      const act = seen(id, session);
      if (!act.ok) return act;
      const version = listVersions(desk.store.read, id).find((known) => known.number === number);
      const size = version ? desk.blobs.size(version.sha256) : null;
      if (!version || size === null) return fail(version ? 'document-missing' : 'not-found');
      const { sha256 } = version;
      const url = await shell.publishDocument({ sha256, contentType: 'application/pdf', size });
      context.journalLook(session, 'act.viewed', act.value.filingId, { act: id, version: String(number) });
      return ok({ url, contentType: 'application/pdf', size, sha256 });
    },
  };
}
