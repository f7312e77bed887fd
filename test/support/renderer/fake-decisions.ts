import type { ActSummary, FilingDecision, WindowApi } from '../../../shared/contract/index.ts';
import { decisionOf, rulingOf } from '../../../shared/domain/decision.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;
type Office = {
  readonly actOf: (filingId: string) => ActSummary | undefined;
  readonly isJudge: () => boolean;
  /** Puts another draft in the place of the act. */
  readonly redraw: (act: ActSummary) => void;
};

const LAW: FilingDecision['offered'][number]['grounds'] = [
  {
    code: '152.1.1',
    article: '152.1.1',
    nameKk: 'Дауды сотқа дейін реттеу тәртібі сақталмаған',
    nameRu: 'Не соблюдён досудебный порядок урегулирования спора',
  },
  { code: 'fee', article: 'ГПК 149(1)(2), 152(1)(3)', nameKk: 'Мемлекеттік баж төленбеген', nameRu: 'Не уплачена государственная пошлина' },
];
const OFFERED: FilingDecision['offered'] = [
  { decision: 'accept', grounds: [], court: false },
  { decision: 'return', grounds: LAW, court: false },
  {
    decision: 'refuse',
    grounds: [
      {
        code: '151.1.1',
        article: '151.1.1',
        nameKk: 'Азаматтық сот ісін жүргізу тәртібімен қаралмайды',
        nameRu: 'Не подлежит рассмотрению в порядке гражданского судопроизводства',
      },
    ],
    court: false,
  },
  {
    decision: 'transfer',
    grounds: [
      { code: '34.2', article: '34.2', nameKk: 'Іс басқа соттың қарауына жатады', nameRu: 'Дело подлежит рассмотрению другим судом' },
    ],
    court: true,
  },
];
const COURTS = [
  { code: '1094', nameKk: 'Абай облысының әкімшілік соты', nameRu: 'Административный суд области Абай' },
  { code: '1194', nameKk: 'Ақмола облысының әкімшілік соты', nameRu: 'Административный суд Акмолинской области' },
];

/** Decisions in memory: what the draft stands for, and another one instead. */
export function fakeDecisions(answer: Answer, { actOf, isJudge, redraw }: Office): Pick<WindowApi, 'decision'> {
  const made = new Map<string, FilingDecision['current']>();
  const talks = new Map<string, FilingDecision['talk']>();
  const view = (filingId: string): FilingDecision => {
    const act = actOf(filingId) ?? null;
    const decision = decisionOf(act?.kind ?? '');
    const drafted = decision === null ? null : { decision, grounds: [], transferTo: null, signedAt: act?.signedAt ?? null };
    const deciding = isJudge() && act?.state === 'draft';
    return {
      ...{ filingId, language: 'kk' as const, act, terms: [], notice: null, talk: talks.get(filingId) ?? [] },
      talking: act?.state !== 'draft' ? null : deciding ? (act.sentBack ? 'take-back' : 'send-back') : act.sentBack ? 'answer' : null,
      current: made.get(filingId) ?? drafted,
      offered: deciding || act?.sentBack ? OFFERED : [],
      courts: deciding ? COURTS : [],
    };
  };
  const say = (filingId: string, kind: FilingDecision['talk'][number]['kind'], text: string) => {
    const act = actOf(filingId);
    if (!act) return fail('not-found');
    const word = { kind, text, by: isJudge() ? 'Серіков Бауыржан' : 'Әлиева Қарлығаш', at: '2026-11-21T04:31:00Z', version: 1 };
    talks.set(filingId, [...(talks.get(filingId) ?? []), word]);
    redraw({ ...act, sentBack: kind === 'sent-back', revision: act.revision + 1 });
    return ok(view(filingId));
  };
  return {
    decision: {
      get: answer('decision.get', ({ filingId }) => ok(view(filingId))),
      make: answer('decision.make', ({ filingId, seen, decision, grounds, transferTo }) => {
        const act = actOf(filingId);
        if (act?.revision !== seen?.revision) return fail('stale-revision');
        const law = OFFERED.find((rule) => rule.decision === decision)!.grounds;
        const chosen = grounds.map(({ code, note }) => ({ ...law.find((ground) => ground.code === code)!, note }));
        made.set(filingId, { decision, grounds: chosen, transferTo, signedAt: null });
        if (act) redraw({ ...act, kind: rulingOf(decision), reviewed: false, revision: act.revision + 1 });
        return ok(view(filingId));
      }),
      sendBack: answer('decision.send-back', ({ filingId, comment }) => say(filingId, 'sent-back', comment)),
      takeBack: answer('decision.take-back', ({ filingId }) => say(filingId, 'taken-back', '')),
      answer: answer('decision.answer', ({ filingId, answer: text }) => say(filingId, 'answered', text)),
      sentBack: answer('decision.sent-back', () => ok([])),
    },
  };
}
