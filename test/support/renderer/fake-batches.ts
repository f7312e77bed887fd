import type { ActSummary, Batch, KeyChoice, WindowApi } from '../../../shared/contract/index.ts';
import { fail, ok, type Failure, type Result } from '../../../shared/result.ts';
import { NOW, instant, uuid } from './fake-data.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;
type Office = {
  readonly acts: Map<string, ActSummary>;
  readonly tell: (name: 'batchChanged' | 'keysChanged' | 'workChanged', payload: unknown) => void;
};

const hash = (digit: string) => digit.repeat(64);
const key = (n: number, more: Partial<KeyChoice>): KeyChoice => ({
  id: `key-${n}`,
  kind: 'pkcs11',
  label: 'eToken 5110',
  owner: 'Серіков Бауыржан',
  roles: ['judge'],
  issuer: 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)',
  validUntil: instant(NOW + 112 * 86_400_000),
  daysLeft: 112,
  certificate: hash(String(n)),
  tries: 'first',
  onReader: false,
  asksEachTime: false,
  refusal: null,
  ...more,
});

/** Two keys of the judge, one that is running out, and two that cannot be chosen; a batch that signs act after act. */
export function fakeBatches(answer: Answer, { acts, tell }: Office) {
  let keys: KeyChoice[] = [
    key(1, {}),
    key(2, {
      kind: 'pkcs12',
      label: 'judge.p12',
      certificate: null,
      daysLeft: 12,
      validUntil: instant(NOW + 12 * 86_400_000),
      tries: 'low',
    }),
    key(3, { label: 'KAZTOKEN', owner: 'Әлиева Қарлығаш', roles: ['secretary'], refusal: fail('key-not-of-user').error }),
    key(4, { label: 'eToken 5110', daysLeft: -3, refusal: fail('certificate-unfit', { reason: 'expired' }).error }),
  ];
  const batches = new Map<string, Batch>();
  let fault: { readonly after: number; readonly failure: Failure } | null = null;
  let halted = false;

  async function run(batch: Batch): Promise<Result<Batch>> {
    halted = false;
    let now: Batch = {
      ...batch,
      state: 'running',
      stop: null,
      endedAt: null,
      items: batch.items.map((i) => (i.open ? { ...i, state: 'waiting', failure: null } : i)),
    };
    const say = (next: Batch) => {
      now = next;
      batches.set(next.id, next);
      tell('batchChanged', { id: next.id });
    };
    const put = (actId: string, change: Partial<Batch['items'][number]>) =>
      say({ ...now, items: now.items.map((item) => (item.actId === actId ? { ...item, ...change } : item)) });
    say(now);
    await new Promise((resolve) => setTimeout(resolve));
    say({
      ...now,
      certificate: { sha256: hash('1'), owner: 'СЕРІКОВ БАУЫРЖАН', issuer: 'ҰКО (RSA)', validUntil: instant(NOW + 112 * 86_400_000) },
    });
    let stop: Failure | null = null;
    let tried = 0;
    for (const { actId } of now.items.filter(({ state }) => state === 'waiting')) {
      if (halted) stop = fail('batch-halted').error;
      if (stop) break;
      put(actId, { state: 'signing' });
      await new Promise((resolve) => setTimeout(resolve));
      if (fault && tried++ === fault.after) {
        stop = fault.failure;
        put(actId, { state: 'failed', failure: stop, endedAt: instant(NOW) });
        continue;
      }
      const act = acts.get(actId)!;
      acts.set(actId, { ...act, state: 'signed', signedAt: instant(NOW), level: 'B', revision: act.revision + 1 });
      put(actId, { state: 'signed', open: false, signedSha256: hash('5'), endedAt: instant(NOW) });
    }
    const items = now.items.map((item) =>
      item.state === 'waiting' ? { ...item, state: 'not-tried' as const, endedAt: instant(NOW) } : item,
    );
    say({ ...now, items, state: stop ? 'stopped' : 'done', stop, endedAt: instant(NOW) });
    tell('workChanged', { filingIds: [], arrived: 0 });
    return ok(now);
  }

  const api: Pick<WindowApi, 'keys' | 'batch'> = {
    keys: { list: answer('keys.list', () => ok({ keys, problem: null })) },
    batch: {
      plan: answer('batch.plan', ({ ids }) => {
        const wanted = ids.map((id) => acts.get(id)!);
        return ok({
          acts: wanted.filter(({ reviewed }) => reviewed),
          leftOut: wanted.filter(({ reviewed }) => !reviewed).map((act) => ({ act, failure: fail('act-not-reviewed').error })),
          listSha256: hash('9'),
        });
      }),
      start: answer('batch.start', ({ acts: chosen }) =>
        run({
          id: uuid(700_000 + batches.size),
          madeAt: instant(NOW),
          endedAt: null,
          state: 'running',
          stop: null,
          keyPlace: 'eToken 5110',
          certificate: null,
          listSha256: hash('9'),
          items: chosen.map(({ id, sha256 }) => {
            const { kind, caseNumber, incomingNumber, pages } = acts.get(id)!;
            const result = { state: 'waiting', failure: null, open: true, signedSha256: null, endedAt: null } as const;
            return { actId: id, kind, number: caseNumber ?? incomingNumber, pages, sha256, ...result };
          }),
        }),
      ),
      resume: answer('batch.resume', ({ id }) => {
        fault = null;
        return run(batches.get(id)!);
      }),
      stop: answer('batch.stop', () => {
        halted = true;
        return ok(null);
      }),
      get: answer('batch.get', ({ id }) => {
        const batch = batches.get(id);
        return batch ? ok(batch) : fail('not-found');
      }),
      list: answer('batch.list', () =>
        ok(
          [...batches.values()].reverse().map(({ id, madeAt, endedAt, state, stop, items }) => {
            const count = (wanted: string) => items.filter((item) => item.state === wanted).length;
            return {
              id,
              madeAt,
              endedAt,
              state,
              stop,
              total: items.length,
              signed: count('signed'),
              failed: count('failed'),
              notTried: count('not-tried'),
            };
          }),
        ),
      ),
    },
  };
  return {
    api,
    /** The batches from now on fail so, after so many acts. */
    failAfter: (after: number, failure: Failure) => {
      fault = { after, failure };
    },
    /** A token is pulled out. */
    pullKey: (id: string) => {
      keys = keys.filter((known) => known.id !== id);
      tell('keysChanged', {});
    },
  };
}
