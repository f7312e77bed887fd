import type { AnnexTarget, PaperWorkView, ScannerView, Session, TakenPaper } from '../../../shared/contract/index.ts';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { ASKED_TYPES, faultsOf, readPaperForm, type PaperForm, type PaperKind } from '../../../shared/domain/paper-form.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { readFiling } from '../../intake/index.ts';
import {
  addWork,
  arrangePages,
  beginPaperWork,
  directPaperWork,
  drawPageThumbnail,
  dropIn,
  dropPaperWork,
  importFile,
  keepPaperForm,
  openPaperWorks,
  readPaperPages,
  readPaperWork,
  scanPages,
  takeWork,
  type Certify,
} from '../../paper/index.ts';
import type { Reference } from '../../reference/index.ts';
import type { Reading } from '../../store/index.ts';
import { certifyCopies } from '../certify-copies.ts';
import { checkToRegister } from '../check-to-register.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group =
  | 'paper.kinds'
  | 'paper.list'
  | 'paper.begin'
  | 'paper.direct'
  | 'paper.annex'
  | 'paper.get'
  | 'paper.keep'
  | 'paper.drop'
  | 'paper.take'
  | 'paper.import'
  | 'paper.drop-in'
  | 'paper.scanners'
  | 'paper.scan'
  | 'paper.stop-scan'
  | 'paper.arrange'
  | 'paper.thumbnail';

export function paperChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell } = context;
  const { store, paper } = desk;

  /** Nobody sees the unfinished work of somebody else. */
  function view(id: string, userId: string): Result<PaperWorkView> {
    const work = readPaperWork(store.read, id, userId);
    if (!work || work.taken) return fail('not-found');
    const { pages, arrangement, revision } = readPaperPages(store.read, id);
    return ok({
      ...{
        id,
        form: work.form,
        changedAt: work.changedAt,
        arrangement,
        revision,
        annexTo: work.annexTo && targetOf(store.read, work.annexTo),
      },
      pages: pages.map(({ id: pageId, source, page, dpi, skew, warnings }) => ({
        ...{ id: pageId, source, page, dpi: Math.round(dpi), skew },
        warnings: [...warnings],
      })),
    });
  }

  async function take(id: string, form: PaperForm, session: Session, keyId: string | null): Promise<Result<TakenPaper>> {
    const { userId } = session;
    const kept = keepPaperForm(paper, { id, owner: userId, form });
    if (!kept.ok) return kept;
    const kind = paperKinds(desk.reference).find((known) => known.id === form.kind) ?? null;
    const faults = faultsOf(form, kind, courtDayOf(desk.config.clock()));
    if (faults.length > 0) return ok({ filingId: null, faults, notes: [] });
    if (paper.scanned.has(id)) return fail('paper-scanning');
    const body = readPaperForm(form, kind?.fields);
    const takeBy = (certify: Certify | null) => takeWork(paper, { id, actor: userId }, form, body, certify);
    const taken = keyId === null ? await takeBy(null) : await certifyCopies(context, { session, keyId }, takeBy);
    return taken.ok ? ok({ filingId: id, faults: [], notes: [...taken.value.notes] }) : taken;
  }

  return {
    'paper.kinds': () => ok(paperKinds(desk.reference)),
    'paper.list': (_, { userId }) =>
      ok(
        openPaperWorks(store.read, userId).map(({ id, changedAt, form, annexTo }) => {
          const target = annexTo && targetOf(store.read, annexTo);
          return {
            ...{ id, changedAt, kind: target ? '' : form.kind },
            claimant: form.parties[0]?.name.trim() ?? '',
            pages: readPaperPages(store.read, id).pages.length,
            annexTo: target && [target.number, target.claimant].filter(Boolean).join(' · '),
          };
        }),
      ),
    'paper.begin': ({ filingId }, { userId }) => {
      if (filingId !== undefined && !readFiling(store.read, filingId)) return fail('not-found');
      const { id } = beginPaperWork(paper, userId);
      if (filingId === undefined) return view(id, userId);
      const directed = directPaperWork(paper, { id, owner: userId, annexTo: { filingId, handedInBy: '' } });
      return directed.ok ? view(id, userId) : directed;
    },
    'paper.direct': ({ id, annexTo }, { userId }) => {
      const directed = directPaperWork(paper, { id, owner: userId, annexTo });
      return directed.ok ? view(id, userId) : directed;
    },
    'paper.annex': async ({ id, handedInBy, keyId }, session) => {
      const work = readPaperWork(store.read, id, session.userId);
      const target = work?.annexTo && readFiling(store.read, work.annexTo.filingId);
      if (!work || !target) return fail('not-found');
      // pressed twice: what was added stands
      if (work.taken) return ok({ filingId: target.id, notes: [] });
      if (handedInBy.trim() === '') return fail('input-invalid', { field: 'handedInBy' });
      const adding = { id, filingId: target.id, handedInBy, actor: session.userId };
      const addBy = (certify: Certify | null) => addWork(paper, adding, target.language, certify);
      const added = keyId === null ? await addBy(null) : await certifyCopies(context, { session, keyId }, addBy);
      if (!added.ok) return added;
      await desk.verify(target.id);
      context.emit('work.changed', { filingIds: [target.id], arrived: 0 });
      context.nudge();
      return ok({ filingId: target.id, notes: [...added.value.notes] });
    },
    'paper.get': ({ id }, { userId }) => view(id, userId),
    'paper.keep': ({ id, form }, { userId }) => keepPaperForm(paper, { id, owner: userId, form }),
    'paper.drop': ({ id }, { userId }) => dropPaperWork(paper, id, userId),
    'paper.import': async ({ id }, { userId }) => {
      if (!view(id, userId).ok) return fail('not-found');
      const chosen = await shell.chooseDocuments();
      if (!chosen.ok) return chosen;
      for (const file of chosen.value) {
        const imported = await importFile(paper, id, file);
        if (!imported.ok) return fail(imported.error.code, { ...imported.error.params, file: file.fileName });
        context.emit('paper.changed', { id });
      }
      return view(id, userId);
    },
    'paper.drop-in': async ({ id, fileName, bytes }, { userId }) => {
      if (!view(id, userId).ok) return fail('not-found');
      const dropped = await dropIn(paper, id, { fileName, bytes });
      return dropped.ok ? view(id, userId) : dropped;
    },
    'paper.scanners': async () => {
      const listed = await paper.scanners.list();
      if (!listed.ok) return listed;
      const scanners: ScannerView[] = [];
      for (const { id, name } of listed.value) {
        const able = await paper.scanners.abilities(id);
        if (!able.ok) continue;
        const { dpi, colorMode, feeder, glass } = able.value;
        scanners.push({
          id,
          name,
          dpi: [...dpi],
          color: colorMode !== null,
          feeder: feeder !== null,
          glass: glass !== null || feeder === null,
        });
      }
      return ok(scanners);
    },
    'paper.scan': async ({ id, ...wish }, { userId }) => {
      if (!view(id, userId).ok) return fail('not-found');
      const scanned = await scanPages(paper, id, wish, () => context.emit('paper.changed', { id }));
      return scanned.ok ? view(id, userId) : scanned;
    },
    'paper.stop-scan': () => {
      paper.scanners.stop();
      return ok(null);
    },
    'paper.arrange': ({ id, revision, arrangement }, { userId }) => {
      const arranged = arrangePages(paper, { id, owner: userId, revision }, arrangement);
      return arranged.ok ? view(id, userId) : arranged;
    },
    'paper.thumbnail': async ({ id, pageId, turn, straighten }, { userId }) => {
      if (!view(id, userId).ok) return fail('not-found');
      const drawn = await drawPageThumbnail(paper, id, { pageId, turn, straighten });
      return drawn.ok ? ok({ jpeg: Buffer.from(drawn.value).toString('base64') }) : drawn;
    },
    'paper.take': async ({ id, form, keyId }, session) => {
      const work = readPaperWork(store.read, id, session.userId);
      if (!work || work.annexTo) return fail('not-found');
      // pressed twice: what was taken stands
      if (work.taken) {
        await checkToRegister(desk, id);
        return ok({ filingId: id, faults: [], notes: [] });
      }
      const taken = await take(id, form, session, keyId);
      if (!taken.ok || taken.value.filingId === null) return taken;
      await desk.verify(id);
      context.emit('work.changed', { filingIds: [id], arrived: 0 });
      context.nudge();
      return taken;
    },
  };
}

/** The filing as it is shown beside the pages that are for it. */
function targetOf(read: Reading, { filingId, handedInBy }: { readonly filingId: string; readonly handedInBy: string }): AnnexTarget | null {
  const filing = readFiling(read, filingId);
  if (!filing) return null;
  const { message } = filing;
  const people = [...message.parties, ...(message.representative ? [message.representative] : [])].map(({ name }) => name.trim());
  return {
    ...{ filingId, handedInBy, kind: filing.kind, claimant: filing.claimant, language: filing.language },
    number: filing.caseNumber ?? filing.incomingNumber ?? filing.cabinetNumber,
    people: [...new Set(people.filter((name) => name !== ''))].map((name) => name.slice(0, 400)).slice(0, MOST_PEOPLE),
  };
}
/** To choose from; anybody else is typed. */
const MOST_PEOPLE = 20;

/** The kinds that can be taken at the counter: those that the office knows how to register. */
function paperKinds(reference: Reference): PaperKind[] {
  return reference.documentTypes().flatMap(({ id }) => {
    const kind = reference.kind(id);
    if (!kind) return [];
    const joining = kind.registering === 'joins-case' ? 'named' : kind.registering === 'starts-request' ? 'may' : 'none';
    const fields = kind.fields.flatMap((field) => {
      const type = ASKED_TYPES.find((known) => known === field.type);
      return type && field.at === 'fields'
        ? [{ id: field.id, nameKk: field.kk, nameRu: field.ru, nameEn: field.en, type, required: field.required }]
        : [];
    });
    return [{ id, duty: kind.duty !== null, case: joining, fields } satisfies PaperKind];
  });
}
