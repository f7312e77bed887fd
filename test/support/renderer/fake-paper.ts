import type { WindowApi } from '../../../shared/contract/index.ts';
import { emptyPaperForm, faultsOf, type PaperForm, type PaperKind } from '../../../shared/domain/paper-form.ts';
import { noPages } from '../../../shared/domain/paper-pages.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { NOW, instant, uuid } from './fake-data.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

const KINDS: readonly PaperKind[] = [
  { id: 'claim', duty: true, case: 'none', fields: [] },
  { id: 'counterclaim', duty: true, case: 'named', fields: [] },
];

/** A counter at which nothing has been begun. */
export function fakePaper(answer: Answer): Pick<WindowApi, 'paper'> {
  const works = new Map<string, PaperForm>();
  const changedAt = instant(NOW);
  const view = (id: string, form: PaperForm) => ok({ id, form, changedAt, pages: [], arrangement: noPages, revision: 0 });
  return {
    paper: {
      kinds: answer('paper.kinds', () => ok([...KINDS])),
      list: answer('paper.list', () =>
        ok([...works].map(([id, form]) => ({ id, changedAt, kind: form.kind, claimant: form.parties[0]?.name ?? '', pages: 0 }))),
      ),
      begin: answer('paper.begin', () => {
        const id = uuid(900 + works.size);
        works.set(id, emptyPaperForm());
        return view(id, works.get(id)!);
      }),
      get: answer('paper.get', ({ id }) => (works.has(id) ? view(id, works.get(id)!) : fail('not-found'))),
      keep: answer('paper.keep', ({ id, form }) => {
        works.set(id, form);
        return ok(null);
      }),
      drop: answer('paper.drop', ({ id }) => {
        works.delete(id);
        return ok(null);
      }),
      import: answer('paper.import', ({ id }) => view(id, works.get(id)!)),
      scanners: answer('paper.scanners', () => ok([])),
      scan: answer('paper.scan', ({ id }) => view(id, works.get(id)!)),
      stopScan: answer('paper.stop-scan', () => ok(null)),
      arrange: answer('paper.arrange', ({ id }) => view(id, works.get(id)!)),
      thumbnail: answer('paper.thumbnail', () => ok({ jpeg: '' })),
      take: answer('paper.take', ({ form }) => {
        const faults = faultsOf(form, KINDS.find(({ id }) => id === form.kind) ?? null, changedAt.slice(0, 10));
        return ok({ filingId: faults.length === 0 ? uuid(1) : null, faults, notes: [] });
      }),
    },
  };
}
