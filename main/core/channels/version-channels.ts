import type { DraftText, Session } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { editAct, importAct, listVersions, readAct, readDraftText } from '../../acts/index.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group = 'act.versions' | 'act.open-version' | 'act.text' | 'act.edit' | 'act.import';

export function versionChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell } = context;
  /** A judge sees the texts of the own acts alone; the office prepares those of all. */
  function seen(id: string, { activeRole, userId }: Session): Result<{ filingId: string }> {
    const act = readAct(desk.store.read, id);
    return act && (activeRole !== 'judge' || (act.judgeId === userId && act.handed)) ? ok(act) : fail('not-found');
  }
  const editorOf = ({ activeRole, userId }: Session) => ({
    id: userId,
    role: activeRole === 'judge' ? ('judge' as const) : ('office' as const),
  });
  const text = (id: string, session: Session): Result<DraftText> => readDraftText(desk.acts, { actId: id, editor: editorOf(session) });
  const changed = (id: string, session: Session): Result<DraftText> => {
    const now = text(id, session);
    if (now.ok) context.emit('work.changed', { filingIds: [now.value.filingId], arrived: 0 });
    return now;
  };
  return {
    'act.text': ({ id }, session) => text(id, session),
    'act.edit': async ({ id, revision, text: written }, session) => {
      const edited = await editAct(desk.acts, { actId: id, revision, text: written, editor: editorOf(session) });
      return edited.ok ? changed(id, session) : edited;
    },
    'act.import': async ({ id, revision }, session) => {
      const chosen = await shell.chooseDocuments();
      if (!chosen.ok) return chosen;
      const [document, ...others] = chosen.value;
      if (document === undefined) return text(id, session);
      if (others.length > 0) return fail('input-invalid', { field: 'files' });
      const imported = await importAct(desk.acts, { actId: id, revision, sha256: document.sha256, editor: editorOf(session) });
      return imported.ok ? changed(id, session) : imported;
    },
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
