import type { HearingView, Proceedings, WindowApi } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { NOW, instant, uuid } from './fake-data.ts';

type Group = 'proceedings' | 'hearing' | 'summons' | 'request' | 'access' | 'survey' | 'delivery' | 'draft';
type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

const WAITING = { state: 'waiting', code: null } as const;
const opened = ok({ url: '/papers/talon.pdf', contentType: 'application/pdf', size: 1, sha256: '0'.repeat(64) });

/** What goes on after registering, in memory: hearings can be set, everything else is empty and answers as if it were done. */
export function fakeProceedings(answer: Answer): Pick<WindowApi, Group> {
  const all = new Map<string, Proceedings>();
  const drafts = new Map<string, string>();
  const of = (filingId: string): Proceedings =>
    all.get(filingId) ?? {
      ...{ filingId, hearings: [], deliveries: [], isRequest: false, fulfilment: null, grants: [], caseFile: [], surveys: [] },
      people: [{ name: 'Әлия Өмірбекова', side: 'claimant', filingId, channels: ['cabinet', 'post'], phone: null, email: null }],
      judges: [{ id: uuid(900), name: 'Серіков Бауыржан' }],
      questionSets: ['registration-1'],
      lastPlace: null,
      allowed: ['hearing', 'survey'],
    };
  const keep = (next: Proceedings) => (all.set(next.filingId, next), ok(next));
  const same = (name: string) => answer(name, ({ filingId }: { filingId: string }) => ok(of(filingId)));
  return {
    proceedings: { get: same('proceedings.get') },
    hearing: {
      day: answer('hearing.day', ({ day }) => ok({ day, isCourtDay: true, hearings: [] })),
      check: answer('hearing.check', () => ok([])),
      set: answer('hearing.set', ({ filingId, hearing, plan }) => {
        const { hearings } = of(filingId);
        const set: HearingView = {
          ...{ id: hearing?.id ?? uuid(800 + hearings.length), revision: (hearing?.revision ?? 0) + 1, label: '9900-26-00-2/17', ...plan },
          ...{ judge: 'Серіков Бауыржан', cancelledAt: null, cancelReason: null, standing: WAITING, held: null, summonses: [] },
        };
        return keep({ ...of(filingId), hearings: [...hearings.filter(({ id }) => id !== set.id), set] });
      }),
      cancel: answer('hearing.cancel', ({ filingId, hearingId, reason }) => {
        const hearings = of(filingId).hearings.map((one) =>
          one.id === hearingId ? { ...one, cancelledAt: instant(NOW), cancelReason: reason } : one,
        );
        return keep({ ...of(filingId), hearings });
      }),
    },
    summons: {
      issue: same('summons.issue'),
      open: answer('summons.open', () => opened),
      save: answer('summons.save', () => ok(true)),
    },
    request: {
      choose: answer('request.choose', () => ok([])),
      fulfil: same('request.fulfil'),
      save: answer('request.save', () => ok(true)),
    },
    access: { grant: same('access.grant'), withdraw: same('access.withdraw') },
    survey: { ask: same('survey.ask'), sums: answer('survey.sums', () => ok([])) },
    delivery: { refresh: same('delivery.refresh') },
    draft: {
      read: answer('draft.read', ({ filingId, form }) => ok(drafts.get(`${filingId} ${form}`) ?? null)),
      keep: answer('draft.keep', ({ filingId, form, content }) => {
        if (content === null) drafts.delete(`${filingId} ${form}`);
        else drafts.set(`${filingId} ${form}`, content);
        return ok(null);
      }),
    },
  };
}
