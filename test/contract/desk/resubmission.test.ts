import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDecision, reviewAct, signAct } from '../../../main/acts/index.ts';
import { finishWork, viewFiling } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import type { FilingFolder } from '../../../shared/registry/index.ts';
import { arrive, must, register, sampleOf, staffedOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
let judge: string;
beforeAll(async () => {
  ({ office, secretary, judge } = await staffedOffice('2026-11-20T04:00:00Z'));
});
afterAll(() => office.close());

type Sent = { folder: FilingFolder; files: ReadonlyMap<string, Uint8Array> };
const claim = (): Sent => sampleOf(office, 'good', 'claim');
const seen = (id: string) => viewFiling(office.desk, id, 'secretary')!;
const numberOf = (id: string) => readFiling(office.desk.store.read, id)!.cabinetNumber;

/** A claim that the judge has returned for the duty, at this desk. */
async function returned(sent: Sent = claim()): Promise<string> {
  const id = await arrive(office, sent);
  must(register(office, id, secretary, 'fee'));
  must(await finishWork(office.desk));
  await sign(id);
  expect(readFiling(office.desk.store.read, id)!.state).toBe('returned');
  return id;
}
async function sign(filingId: string): Promise<void> {
  const { desk } = office;
  const asked = { filingId, user: { id: judge, role: 'judge' as const }, courtCode: '9900', now: desk.config.clock() };
  const act = () => readDecision(desk.store.read, desk.reference, asked)!.act!;
  must(
    reviewAct(
      { store: desk.store, clock: desk.config.clock },
      { id: act().id, revision: act().revision, sha256: act().sha256, actor: judge },
    ),
  );
  const request = { actId: act().id, revision: act().revision, sha256: act().sha256, actor: judge, key: office.keyOf('judge') };
  must(await signAct(desk.acts, { ...request, display: { title: '', lines: [] } }));
}
const named = (sent: Sent, number: string): Sent => ({ ...sent, folder: { ...sent.folder, resubmits: number } });
const withReceipt = ({ folder, files }: Sent): Sent => {
  const receipt = new TextEncoder().encode('түбіртек');
  return {
    folder: {
      ...folder,
      payment: { amount: '33000', date: '2026-11-19', number: 'KZ-1', payerId: null, kbk: null },
      documents: [...folder.documents, { role: 'duty_payment', title: 'Жаңа түбіртек', file: 'receipt.txt', signatures: [] }],
    },
    files: new Map([...files, ['receipt.txt', receipt]]),
  };
};

describe('a filing that comes again after it was sent back', () => {
  it('is linked to the one that its sender names, with the remarks and what became of them', async () => {
    const before = await returned();
    const id = await arrive(office, withReceipt(named(claim(), numberOf(before))));
    const { earlier } = seen(id);
    expect(earlier).toMatchObject({
      id: before,
      cabinetNumber: numberOf(before),
      state: 'returned',
      named: true,
      attempts: 1,
      ruling: { kind: 'ruling-return' },
      remarks: [{ code: 'fee', outcome: 'changed', documents: ['Жаңа түбіртек'] }],
    });
    expect(earlier!.remarks[0]!.fields).toContain('payment.number');
    expect(earlier!.fields).toContainEqual(expect.objectContaining({ field: 'payment.number', after: 'KZ-1' }));
    expect(earlier!.documents.filter(({ change }) => change === 'added').map(({ title }) => title)).toEqual(['Жаңа түбіртек']);
    expect(earlier!.documents.filter(({ change }) => change === 'same')).toHaveLength(claim().folder.documents.length);
    expect(seen(before).earlier).toBeNull();
  });

  it('is found by kind and people when its sender names none, and says that nothing of the remark has changed', async () => {
    const before = await returned();
    const { earlier } = seen(await arrive(office, claim()));
    expect(earlier).toMatchObject({ id: before, named: false, remarks: [{ code: 'fee', outcome: 'same', fields: [], documents: [] }] });
    expect(earlier!.fields).toEqual([]);
    expect(new Set(earlier!.documents.map(({ change }) => change))).toEqual(new Set(['same']));
  });

  it('mends nothing that is still before the court, though its sender names it: the duplicate and the used receipt are told', async () => {
    const open = await arrive(office, claim());
    const again = await arrive(office, named(claim(), numberOf(open)));
    expect(seen(again).earlier?.id).not.toBe(open);
    const about = (rule: string) => seen(again).anomalies.filter((a) => a.rule === rule && a.related?.id === open);
    expect(about('duplicate-bytes')).toHaveLength(1);
    expect(about('receipt-used')).toHaveLength(1);
    // a link that was made before is looked at again
    office.desk.store.write((tx) => tx.run('UPDATE filing SET earlier_id = ? WHERE id = ?', open, again));
    await office.desk.verify(again);
    expect(about('duplicate-bytes')).toHaveLength(1);
  });

  it('is not linked to what is still before the court, nor by the name of a filing of other people', async () => {
    const open = await arrive(office, named({ ...claim(), folder: { ...claim().folder, parties: others() } }, 'none'));
    expect(seen(open).earlier).toBeNull();
    const stranger = await arrive(
      office,
      named({ ...claim(), folder: { ...claim().folder, parties: others() } }, numberOf(await returned())),
    );
    expect(seen(stranger).earlier).toBeNull();
    expect(readFiling(office.desk.store.read, stranger)!.earlierId).toBeNull();
  });

  it('shows a document that was changed beside the one it takes the place of, and one that is gone', async () => {
    const sent = claim();
    const [main, left, ...rest] = sent.folder.documents;
    const before = await returned(sent);
    const bytes = new Uint8Array([...sent.files.get(main!.file)!, 0x0a]);
    const id = await arrive(office, {
      folder: { ...sent.folder, resubmits: numberOf(before), documents: [{ ...main!, file: 'other.pdf', signatures: [] }, ...rest] },
      files: new Map([...sent.files, ['other.pdf', bytes]]),
    });
    const { earlier, documents } = seen(id);
    expect(earlier!.documents.find(({ change }) => change === 'changed')).toEqual({
      ...{ change: 'changed', role: main!.role, title: main!.title, words: true },
      before: seen(before).documents[0]!.id,
      after: documents[0]!.id,
    });
    expect(earlier!.documents.filter(({ change }) => change === 'gone').map(({ title }) => title)).toEqual([left!.title]);
  });

  it('keeps the chain when it was sent back more than once', async () => {
    const first = await returned();
    const second = await returned(named(claim(), numberOf(first)));
    const third = await arrive(office, named(claim(), numberOf(second)));
    expect(seen(second).earlier!.id).toBe(first);
    expect(seen(third).earlier).toMatchObject({ id: second, attempts: seen(second).earlier!.attempts + 1 });
  });
});

const others = (): FilingFolder['parties'] =>
  claim().folder.parties.map((party, at) => ({ ...party, name: `Басқа адам ${at}`, iin: null, bin: null }));
