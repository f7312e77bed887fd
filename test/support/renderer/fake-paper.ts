import type { AnnexTarget, AnnexView, FilingDetail, PaperPageView, PaperWorkView, WindowApi } from '../../../shared/contract/index.ts';
import { emptyPaperForm, faultsOf, type PaperKind } from '../../../shared/domain/paper-form.ts';
import { appendPages, noPages } from '../../../shared/domain/paper-pages.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { NOW, instant, uuid } from './fake-data.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

const KINDS: readonly PaperKind[] = [
  { id: 'claim', duty: true, case: 'none', fields: [] },
  { id: 'counterclaim', duty: true, case: 'named', fields: [] },
];
const SCANNER = { id: 'test:0', name: 'Noname frontend-tester', dpi: [150, 200, 300], color: true, feeder: true, glass: true };
const SECOND_SCANNER = { ...SCANNER, id: 'test:1', name: 'Noname glass', feeder: false };
/** A grey sheet. */
const THUMBNAIL =
  '/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAcABQDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/ALgAAAAAAAP/2Q==';

/** The filing that pages are for, whichever it is. */
const target = (filingId: string, handedInBy: string): AnnexTarget => ({
  ...{ filingId, handedInBy, number: '9900-26-000017', kind: 'claim', claimant: 'Өмірбекова Әлия Қуанышқызы', language: 'kk' },
  people: ['Өмірбекова Әлия Қуанышқызы', '«Өркен» ЖШС'],
});

const STANDINGS: readonly AnnexView['standing'][] = [
  { state: 'waiting', code: null },
  { state: 'refused', code: 'role-not-allowed' },
  { state: 'withdrawn', code: null },
  { state: 'confirmed', code: null },
];

/** Papers were handed in behind the first document, one for each way that they may have gone. */
export function withAnnexes(filing: FilingDetail): FilingDetail {
  const [main, sample] = filing.documents;
  if (!main || !sample) return filing;
  const annexes = STANDINGS.map((standing, n) => {
    const id = `${filing.id.slice(0, -2)}a${n}`;
    return { id, receivedAt: instant(NOW + n * 60_000), handedInBy: 'Қайрат Өмірбеков', takenBy: 'Әлиева Қарлығаш', standing };
  });
  const papers = annexes.map(({ id }, n) => ({ ...sample, id: `${id.slice(0, -2)}d${n}`, annexId: id, title: `Түбіртек ${n + 1}` }));
  return { ...filing, documents: [main, ...papers], annexes };
}

/** A counter at which nothing has been begun, with a scanner that has three sheets in its feeder, the second too light. */
export function fakePaper(answer: Answer, tell: (name: 'paperChanged', payload: { id: string }) => void): Pick<WindowApi, 'paper'> {
  const works = new Map<string, PaperWorkView>();
  let begun = 0;
  const changedAt = instant(NOW);
  const view = (id: string) => {
    const work = works.get(id);
    return work ? ok(work) : fail('not-found');
  };
  const change = (id: string, part: Partial<PaperWorkView>) => {
    const work = works.get(id);
    if (work) works.set(id, { ...work, ...part, revision: work.revision + 1 });
    return view(id);
  };
  const bring = (id: string) => {
    const work = works.get(id);
    if (!work) return view(id);
    const from = 910 + work.pages.length;
    const pages = [0, 1, 2].map((n): PaperPageView => ({
      ...{ id: uuid(from + n), source: 'picture', page: 0, dpi: 300, skew: 0 },
      warnings: n === 1 ? ['light'] : [],
    }));
    const placed = pages.map((page) => ({ id: page.id, turn: 0 as const, straighten: false }));
    return change(id, { pages: [...work.pages, ...pages], arrangement: appendPages(work.arrangement, placed, uuid(990)) });
  };
  return {
    paper: {
      kinds: answer('paper.kinds', () => ok([...KINDS])),
      list: answer('paper.list', () =>
        ok(
          [...works.values()].map(({ id, form, pages, annexTo }) => ({
            ...{ id, changedAt, kind: form.kind, claimant: form.parties[0]?.name ?? '', pages: pages.length },
            annexTo: annexTo && `${annexTo.number} · ${annexTo.claimant}`,
          })),
        ),
      ),
      begin: answer('paper.begin', ({ filingId }) => {
        const id = uuid(900 + begun++);
        works.set(id, {
          ...{ id, form: emptyPaperForm(), changedAt, pages: [], arrangement: noPages, revision: 0 },
          annexTo: filingId === undefined ? null : target(filingId, ''),
        });
        return view(id);
      }),
      direct: answer('paper.direct', ({ id, annexTo }) => change(id, { annexTo: annexTo && target(annexTo.filingId, annexTo.handedInBy) })),
      annex: answer('paper.annex', ({ id }) => {
        const filingId = works.get(id)?.annexTo?.filingId;
        if (filingId === undefined) return fail('not-found');
        works.delete(id);
        return ok({ filingId, notes: [] });
      }),
      get: answer('paper.get', ({ id }) => view(id)),
      keep: answer('paper.keep', ({ id, form }) => {
        change(id, { form });
        return ok(null);
      }),
      drop: answer('paper.drop', ({ id }) => {
        works.delete(id);
        return ok(null);
      }),
      import: answer('paper.import', ({ id }) => bring(id)),
      dropIn: answer('paper.drop-in', ({ id, fileName }) =>
        /\.(pdf|png|jpe?g|tiff?)$/i.test(fileName) ? bring(id) : fail('picture-unreadable'),
      ),
      scanners: answer('paper.scanners', () => ok([SCANNER, SECOND_SCANNER])),
      scan: answer('paper.scan', ({ id }) => {
        const brought = bring(id);
        tell('paperChanged', { id });
        return brought;
      }),
      stopScan: answer('paper.stop-scan', () => ok(null)),
      arrange: answer('paper.arrange', ({ id, arrangement }) => change(id, { arrangement })),
      thumbnail: answer('paper.thumbnail', () => ok({ jpeg: THUMBNAIL })),
      take: answer('paper.take', ({ form }) => {
        const faults = faultsOf(form, KINDS.find(({ id }) => id === form.kind) ?? null, changedAt.slice(0, 10));
        return ok({ filingId: faults.length === 0 ? uuid(1) : null, faults, notes: [] });
      }),
    },
  };
}
