import type {
  AbsenceView,
  FilingDetail,
  ListLayout,
  QueueCounts,
  QueueFilter,
  QueueQuestion,
  QueueRow,
  SavedView,
  WindowApi,
  Workload,
} from '../../../shared/contract/index.ts';
import { SEARCH_GROUP_SIZE } from '../../../renderer/features/search/palette-commands.ts';
import { USUAL_NORM } from '../../../shared/domain/share-work.ts';
import { fold, otherLayout } from '../../../shared/domain/kk-format.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { NOW, instant, rowOf, uuid } from './fake-data.ts';

type Answering = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;
type Parts = {
  readonly filings: ReadonlyMap<string, FilingDetail>;
  /** Open filings of somebody whose access is revoked. */
  readonly left: number;
  /** A rule names somebody whose access is revoked, and nobody else. */
  readonly staleRule: boolean;
  readonly me: () => { readonly id: string; readonly name: string };
  readonly tell: (ids: readonly string[]) => void;
};

const COLLEAGUES = [
  { id: uuid(800_001), name: 'Ким Светлана' },
  { id: uuid(800_002), name: 'Оспанов Дәурен' },
];
const REVOKED = { id: uuid(800_003), name: 'Әбдіқадырова Жұпаркүл' };
const isOpen = (f: FilingDetail) => f.state === 'received' || f.state === 'checking';

/** The queue and who works on what, in memory. */
export function fakeQueue(answer: Answering, { filings, left, staleRule, me, tell }: Parts): Pick<WindowApi, 'queue' | 'work' | 'search'> {
  const assignees = new Map<string, { id: string; name: string }>();
  for (const { id } of [...filings.values()].filter(isOpen).slice(0, left)) assignees.set(id, REVOKED);
  const postponed = new Map<string, { until: string; reason: string }>();
  const lists: { question: QueueQuestion; ids: readonly string[] }[] = [];
  let saved: SavedView[] = [];
  const layouts = new Map<string, ListLayout>();
  let undo: { id: string; run: () => void; ids: readonly string[] } | null = null;

  const people = () => [...new Map([...COLLEAGUES, me()].map((person) => [person.id, person])).values()];
  const loads = () =>
    [...people(), REVOKED]
      .map(({ id, name }) => {
        const own = [...filings.values()].filter((f) => isOpen(f) && assignees.get(f.id)?.id === id);
        const gone = id === REVOKED.id ? ('revoked' as const) : null;
        const [overdue, dueToday] = [own.filter(inView.overdue).length, own.filter(inView['due-today']).length];
        return { id, name, open: own.length, overdue, dueToday, gone };
      })
      .filter(({ gone, open }) => gone === null || open > 0);
  const row = (f: FilingDetail): QueueRow => ({
    ...rowOf(f),
    assignee: assignees.get(f.id) ?? null,
    postponed: postponed.get(f.id) ?? null,
  });
  const inView: Readonly<Record<QueueQuestion['view'], (f: FilingDetail) => boolean>> = {
    mine: (f) => isOpen(f) && assignees.get(f.id)?.id === me().id && !postponed.has(f.id),
    unassigned: (f) => isOpen(f) && !assignees.has(f.id),
    open: isOpen,
    overdue: (f) => isOpen(f) && (f.courtDaysLeft ?? 1) < 0,
    'due-today': (f) => isOpen(f) && f.courtDaysLeft === 0,
    'signature-problem': (f) => isOpen(f) && ['invalid', 'absent', 'check-signer', 'undecided'].includes(f.signature),
    waiting: () => false,
    'returned-again': () => false,
    registered: (f) => f.registeredAt !== null,
    'sent-back': (f) => f.registeredAt !== null && ['returned', 'refused', 'transferred'].includes(f.state),
    all: () => true,
  };
  const fits = (f: FilingDetail, { kind, state, language, assignee, verdict }: QueueFilter) =>
    (kind === undefined || f.kind === kind) &&
    (state === undefined || f.state === state) &&
    (language === undefined || f.language === language) &&
    (verdict === undefined || f.verdict === verdict) &&
    (assignee === undefined || (assignees.get(f.id)?.id ?? null) === assignee);
  const find = ({ view, filter = {}, search = '' }: QueueQuestion) => {
    const words = fold(search)
      .split(/\s+/)
      .filter((word) => word !== '');
    const text = (f: FilingDetail) => fold(`${f.cabinetNumber} ${f.incomingNumber ?? ''} ${f.parties.map((p) => p.name).join(' ')}`);
    return [...filings.values()].filter((f) => inView[view](f) && fits(f, filter) && words.every((word) => text(f).includes(word)));
  };
  const counts = () =>
    Object.fromEntries(Object.entries(inView).map(([name, isIn]) => [name, [...filings.values()].filter(isIn).length])) as QueueCounts;
  const change = (ids: readonly string[], run: (id: string) => void, back: () => void) => {
    for (const id of ids) run(id);
    undo = { id: crypto.randomUUID(), run: back, ids };
    tell(ids);
    return ok({ changed: ids.length, undo: undo.id });
  };
  const assign = (ids: readonly string[], assignee: string | null) => {
    const before = new Map(assignees);
    const to = people().find(({ id }) => id === assignee);
    return change(
      ids,
      (id) => (to ? assignees.set(id, to) : assignees.delete(id)),
      () => {
        assignees.clear();
        for (const [id, person] of before) assignees.set(id, person);
      },
    );
  };

  let absences: AbsenceView[] = [];
  const norms = new Map<string | null, number>();
  let rules: Workload['rules'] = staleRule ? [{ id: 'stale', on: true, kinds: [], people: [REVOKED.id], most: null }] : [];
  const load = (): Workload => {
    const open = [...filings.values()].filter(isOpen);
    const today = instant(NOW).slice(0, 10);
    const unassigned = open.filter(inView.unassigned).length;
    const norm = norms.get(null) ?? USUAL_NORM;
    const former = rules.some((rule) => rule.people.includes(REVOKED.id)) && left === 0 ? [REVOKED] : [];
    return {
      ...{ asOf: instant(NOW), today, unassigned, norm, absences, rules, former, shareable: rules.some(({ on }) => on) ? unassigned : 0 },
      absenceKinds: [{ id: 'leave', kk: 'Еңбек демалысы', ru: 'Трудовой отпуск', en: 'Annual leave' }],
      people: loads().map((person) => ({
        ...{ ...person, doneToday: 0, norm: { count: norms.get(person.id) ?? norm, own: norms.has(person.id) } },
        away: absences.find(({ person: { id }, from, until }) => person.id === id && from <= today && today <= until) ?? null,
      })),
    };
  };

  return {
    queue: {
      list: answer('queue.list', (question) => {
        const found = find(question);
        lists.push({ question, ids: found.map(({ id }) => id) });
        return ok({ list: lists.length, total: found.length, rows: found.slice(0, 60).map(row), counts: counts(), asOf: instant(NOW) });
      }),
      rows: answer('queue.rows', ({ list, from, count }) => {
        const { question, ids } = lists[list - 1]!;
        const here = new Set(find(question).map(({ id }) => id));
        return ok(ids.slice(from, from + count).map((id) => ({ row: row(filings.get(id)!), gone: !here.has(id) })));
      }),
      news: answer('queue.news', ({ list }) => {
        const { question, ids } = lists[list - 1]!;
        const now = find(question).map(({ id }) => id);
        const arrived = now.filter((id) => !ids.includes(id)).length;
        const gone = ids.filter((id) => !now.includes(id)).length;
        return ok({ total: ids.length, arrived, gone, counts: counts(), asOf: instant(NOW) });
      }),
      ids: answer('queue.ids', ({ list }) => ok([...lists[list - 1]!.ids])),
      savedViews: answer('queue.saved-views', () => ok([...saved])),
      saveView: answer('queue.save-view', (view) => {
        saved = [...saved.filter(({ name }) => name !== view.name), view];
        return ok([...saved]);
      }),
      dropView: answer('queue.drop-view', ({ id }) => {
        saved = saved.filter((view) => view.id !== id);
        return ok([...saved]);
      }),
      layout: answer('queue.layout', ({ list }) => ok(layouts.get(list) ?? { hidden: [], widths: {} })),
      keepLayout: answer('queue.keep-layout', ({ list, layout }) => {
        layouts.set(list, layout);
        return ok(layout);
      }),
    },
    search: {
      find: answer('search.find', ({ text }) => {
        const found = find({ view: 'all', search: text }).slice(0, SEARCH_GROUP_SIZE);
        const other = found.length === 0 && find({ view: 'all', search: otherLayout(text) }).length > 0 ? otherLayout(text) : null;
        return ok({
          filings: found.map((f) => {
            const { id, cabinetNumber, incomingNumber, caseNumber, kind, state, claimant, respondent, receivedAt } = row(f);
            return { id, cabinetNumber, incomingNumber, caseNumber, kind, state, claimant, respondent, receivedAt };
          }),
          cases: [],
          documents: [],
          identifier: /^\d{12}$/.test(text),
          suggestion: other,
        });
      }),
      card: answer('search.card', ({ text }) =>
        ok(
          [...filings.values()]
            .filter((f) => f.cabinetNumber === text || f.incomingNumber === text)
            .map((f) => ({
              filingId: f.id,
              numbers: [f.cabinetNumber],
              status: { kk: 'Құжат сотқа түсті және тіркеуді күтіп тұр.', ru: 'Документ поступил в суд и ожидает регистрации.' },
              next: { kk: 'Судья шешімін 27.11.2026 дейін қабылдайды.', ru: 'Судья примет решение до 27.11.2026 включительно.' },
              by: '2026-11-27',
            })),
        ),
      ),
    },
    work: {
      load: answer('work.load', () => ok(load())),
      held: answer('work.held', () => ok({ count: 0, names: [] })),
      setAbsence: answer('work.set-absence', ({ userId, coveredBy, withdrawn, ...absence }) => {
        absences = absences.filter(({ id }) => id !== absence.id);
        const named = (id: string) => people().find((person) => person.id === id)!;
        if (!withdrawn) absences.push({ ...absence, person: named(userId), coveredBy: coveredBy === null ? null : named(coveredBy) });
        return ok(load());
      }),
      setNorm: answer('work.set-norm', ({ userId, norm }) => {
        if (norm === null) norms.delete(userId);
        else norms.set(userId, norm);
        return ok(load());
      }),
      setRules: answer('work.set-rules', (given) => {
        const before = rules;
        rules = given.rules;
        undo = { id: crypto.randomUUID(), run: () => (rules = before), ids: [] };
        return ok({ load: load(), undo: undo.id });
      }),
      share: answer('work.share', () =>
        assign(
          [...filings.values()].filter(inView.unassigned).map(({ id }) => id),
          people()[0]!.id,
        ),
      ),
      colleagues: answer('work.colleagues', () => ok(loads())),
      assign: answer('work.assign', ({ ids, assignee }) => assign(ids, assignee)),
      cover: answer('work.cover', ({ from, to }) =>
        assign(
          [...assignees].filter(([, person]) => person.id === from).map(([id]) => id),
          to,
        ),
      ),
      postpone: answer('work.postpone', ({ ids, until, reason }) => {
        const before = new Map(postponed);
        return change(
          ids,
          (id) => (until === null ? postponed.delete(id) : postponed.set(id, { until: `${until}T00:00:00Z`, reason: reason ?? '' })),
          () => {
            postponed.clear();
            for (const [id, value] of before) postponed.set(id, value);
          },
        );
      }),
      takeNext: answer('work.take-next', () => {
        const next = [...filings.values()].find(
          (f) => isOpen(f) && f.intake !== 'arriving' && [undefined, me().id].includes(assignees.get(f.id)?.id),
        );
        if (!next) return ok(null);
        assign([next.id], me().id);
        return ok(next.id);
      }),
      undo: answer('work.undo', ({ id }) => {
        if (undo?.id !== id) return fail('not-found');
        const { run, ids } = undo;
        undo = null;
        run();
        tell(ids);
        return ok({ changed: Math.max(1, ids.length), undo: null });
      }),
    },
  };
}
