import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { faultsOf, readPaperForm, type PaperForm, type PaperKind } from '../../../shared/domain/paper-form.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { beginPaperWork, dropPaperWork, keepPaperForm, openPaperWorks, readPaperWork, takePaper } from '../../paper/index.ts';
import type { Reference } from '../../reference/index.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group = 'paper.kinds' | 'paper.list' | 'paper.begin' | 'paper.get' | 'paper.keep' | 'paper.drop' | 'paper.take';

export function paperChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk } = context;
  const { store, paper } = desk;

  return {
    'paper.kinds': () => ok(paperKinds(desk.reference)),
    'paper.list': (_, { userId }) =>
      ok(
        openPaperWorks(store.read, userId).map(({ id, changedAt, form }) => ({
          ...{ id, changedAt, kind: form.kind },
          claimant: form.parties[0]?.name.trim() ?? '',
        })),
      ),
    'paper.begin': (_, { userId }) => {
      const { id, form, changedAt } = beginPaperWork(paper, userId);
      return ok({ id, form, changedAt });
    },
    'paper.get': ({ id }, { userId }) => {
      const work = readPaperWork(store.read, id, userId);
      return work && !work.taken ? ok({ id, form: work.form, changedAt: work.changedAt }) : fail('not-found');
    },
    'paper.keep': ({ id, form }, { userId }) => keepPaperForm(paper, { id, owner: userId, form }),
    'paper.drop': ({ id }, { userId }) => {
      dropPaperWork(paper, id, userId);
      return ok(null);
    },
    'paper.take': async ({ id, form }, { userId }) => {
      const work = readPaperWork(store.read, id, userId);
      if (!work) return fail('not-found');
      // pressed twice: what was taken stands
      if (work.taken) return ok({ filingId: id, faults: [] });
      const taken = take(id, form, userId);
      if (!taken.ok || taken.value.filingId === null) return taken;
      await desk.verify(id);
      context.emit('work.changed', { filingIds: [id], arrived: 0 });
      context.nudge();
      return taken;
    },
  };

  function take(id: string, form: PaperForm, userId: string): Result<{ filingId: string | null; faults: ReturnType<typeof faultsOf> }> {
    const kept = keepPaperForm(paper, { id, owner: userId, form });
    if (!kept.ok) return kept;
    const kind = paperKinds(desk.reference).find((known) => known.id === form.kind) ?? null;
    const faults = faultsOf(form, kind, courtDayOf(desk.config.clock()));
    if (faults.length > 0) return ok({ filingId: null, faults });
    const filing = { ...readPaperForm(form, kind?.fields), court: desk.profile.court.code, documents: [] };
    const taken = takePaper(paper, { id, actor: userId }, filing, new Map());
    return taken.ok ? ok({ filingId: id, faults: [] }) : taken;
  }
}

/** Types of fields that the form can ask for as text, beside those that it has places of their own for. */
const ASKED = ['text', 'long-text', 'number', 'money', 'date', 'flag'] as const;

/** The kinds that can be taken at the counter: those that the office knows how to register. */
function paperKinds(reference: Reference): PaperKind[] {
  return reference.documentTypes().flatMap(({ id }) => {
    const kind = reference.kind(id);
    if (!kind) return [];
    const joining = kind.registering === 'joins-case' ? 'named' : kind.registering === 'starts-request' ? 'may' : 'none';
    const fields = kind.fields.flatMap((field) => {
      const type = ASKED.find((known) => known === field.type);
      return type && field.at === 'fields'
        ? [{ id: field.id, nameKk: field.kk, nameRu: field.ru, nameEn: field.en, type, required: field.required }]
        : [];
    });
    return [{ id, duty: kind.duty !== null, case: joining, fields } satisfies PaperKind];
  });
}
