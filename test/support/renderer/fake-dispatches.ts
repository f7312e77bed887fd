import type { DispatchAct, DispatchDetail, DispatchPerson, DispatchRecipient, WindowApi } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { NOW, instant, uuid } from './fake-data.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

const CONFIRMED = { state: 'confirmed', code: null } as const;
const WAITING = { state: 'waiting', code: null } as const;
const opened = ok({ url: '/papers/talon.pdf', contentType: 'application/pdf', size: 1, sha256: '0'.repeat(64) });
const at = instant(NOW);
const LETTER = { channel: 'post', address: 'Алматы қаласы, Абай даңғылы, 1-үй, 15-пәтер', waitHours: null } as const;

function recipient(n: number, name: string, change: Partial<DispatchRecipient>): DispatchRecipient {
  return {
    ...{ id: uuid(n), name, side: 'claimant', state: 'sent', via: 'cabinet', reason: null, at, nextAt: null, attempts: [] },
    ...{ steps: [{ channel: 'cabinet', address: null, waitHours: 0 }, { ...LETTER }], standing: CONFIRMED, task: null, letterGone: false },
    ...change,
  };
}
const attempt = (channel: string, outcome: string, code: string | null = null) => ({
  channel,
  at,
  outcome,
  code,
  reference: null,
  by: null,
});

const act = (n: number, recipients: readonly DispatchRecipient[], issued = true): DispatchAct => ({
  ...{
    actId: uuid(n),
    filingId: uuid(1),
    kind: 'ruling-accept',
    title: null,
    caseNumber: '9900-26-00-2/17',
    incomingNumber: '9900-26-000017',
  },
  ...{ claimant: 'Өмірбекова Әлия', respondent: '«Өркен» ЖШС', sha256: 'a'.repeat(64), level: 'T', signedAt: at, issued },
  dispatched: issued && recipients.length > 0,
  ...{ signedBy: 'Серіков Бауыржан', recipients: [...recipients] },
});

/** What can become of an act, one person for each; an act that nobody has sent; one that the registry does not hold yet. */
export function fakeDispatches(answer: Answer): Pick<WindowApi, 'dispatch'> {
  const people: readonly DispatchPerson[] = [
    {
      ...{ name: 'Өмірбекова Әлия Қуанышқызы', side: 'claimant', filingId: uuid(1), proposed: true },
      steps: [
        { channel: 'cabinet', address: null, waitHours: 0 },
        { channel: 'sms', address: '+7 701 123 45 67', waitHours: 24 },
        { ...LETTER, channel: 'post' },
      ],
    },
    {
      ...{ name: '«Өркен» ЖШС', side: 'respondent', filingId: null, proposed: true },
      steps: [{ channel: 'post', address: null, waitHours: null }],
    },
  ];
  let acts: DispatchAct[] = [
    act(700, [
      recipient(710, 'Өмірбекова Әлия Қуанышқызы', {
        ...{ state: 'read', attempts: [attempt('cabinet', 'sent'), attempt('sms', 'sent', 'gateway-202'), attempt('cabinet', 'read')] },
      }),
      recipient(711, '«Өркен» ЖШС', {
        ...{ side: 'respondent', state: 'waiting', via: 'post', task: 'letter' },
        attempts: [attempt('sms', 'retry', 'gateway-503'), attempt('email', 'failed', 'address-invalid')],
      }),
      recipient(712, 'Ғалымжанов Әділет', {
        side: 'third-party',
        state: 'unreachable',
        via: 'post',
        task: 'address',
        steps: [{ ...LETTER, address: null }],
      }),
      recipient(713, 'Құрманғазы Үміт', { side: 'representative', state: 'failed', via: 'sms', reason: 'gateway-422', task: 'failed' }),
      recipient(714, 'Иса Қыдыр', { side: 'third-party', via: 'post', letterGone: true }),
    ]),
    act(701, []),
    act(702, [recipient(720, 'Өмірбекова Әлия Қуанышқызы', { state: 'queued', via: null, standing: WAITING })], false),
  ];
  const detail = (actId: string): Result<DispatchDetail> => {
    const found = acts.find((one) => one.actId === actId);
    if (!found) return fail('not-found');
    return ok({ act: found, people: people.filter(({ name }) => !found.recipients.some((known) => known.name === name)) });
  };
  const change = (actId: string, recipients: (old: readonly DispatchRecipient[]) => DispatchRecipient[]) => {
    acts = acts.map((one) => (one.actId === actId ? { ...one, recipients: recipients(one.recipients) } : one));
    return detail(actId);
  };
  const one = (actId: string, id: string, patch: Partial<DispatchRecipient>) =>
    change(actId, (old) => old.map((known) => (known.id === id ? { ...known, ...patch } : known)));
  return {
    dispatch: {
      list: answer('dispatch.list', ({ view, filingId }) => {
        if (filingId !== null) return ok({ acts: [], counts: { hand: 0, open: 0, all: 0 }, more: false });
        const hand = acts.filter(({ recipients }) => recipients.length === 0 || recipients.some(({ task }) => task !== null));
        return ok({ acts: view === 'hand' ? hand : acts, counts: { hand: hand.length, open: acts.length, all: acts.length }, more: false });
      }),
      get: answer('dispatch.get', ({ actId }) => detail(actId)),
      send: answer('dispatch.send', ({ actId, recipients }) =>
        change(actId, (old) => [
          ...old,
          ...recipients.map(({ name, steps }, n) =>
            recipient(760 + n, name, { state: 'queued', via: null, standing: WAITING, steps: [...steps] }),
          ),
        ]),
      ),
      resend: answer('dispatch.resend', ({ actId, id, steps }) => one(actId, id, { standing: WAITING, task: null, steps: [...steps] })),
      record: answer('dispatch.record', ({ actId, id }) => one(actId, id, { standing: WAITING, task: null })),
      openPaper: answer('dispatch.open-paper', () => opened),
      savePaper: answer('dispatch.save-paper', () => ok(true)),
    },
  };
}
