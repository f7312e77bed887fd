import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkToRegister, finishWork, pull, syncOnce, viewFiling, type Desk } from '../../../main/core/index.ts';
import { readDocuments, readFiling } from '../../../main/intake/index.ts';
import { takeFolder } from '../../../main/paper/index.ts';
import { registerFiling } from '../../../main/registration/index.ts';
import { cabinetStatus } from '../../../main/sync/index.ts';
import type { FilingFolder } from '../../../shared/registry/index.ts';
import { twoDesks, type SharedCourt } from '../../support/desk/shared-court.ts';
import { tickChecks } from '../../support/desk/tick-checks.ts';
import { must } from '../../support/desk/training-office.ts';

const files = new Map<string, Uint8Array>([
  ['claim.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['receipt.txt', Buffer.from('түбіртек')],
]);
const folder: FilingFolder = {
  ...{ court: '9900', kind: 'claim', language: 'kk', claimValue: '1500000.00' },
  parties: [
    { side: 'claimant', type: 'person', iin: '870131400012', name: 'Әлия Өмірбекова' },
    { side: 'respondent', type: 'organisation', bin: '980140001231', name: '«Өркен» ЖШС' },
  ],
  payment: { amount: '15000.00', date: '2026-11-20', number: 'KZ-77' },
  documents: [
    { role: 'claim', title: 'Талап қою арызы', file: 'claim.png', signatures: [] },
    { role: 'receipt', title: 'Түбіртек', file: 'receipt.txt', signatures: [] },
  ],
};
const take = async (desk: Desk, actor: string, id = newId(), of = folder) =>
  must(await takeFolder(desk.paper, { id, actor }, { folder: of, read: (name) => Promise.resolve(files.get(name) ?? null) })).id;

let court: SharedCourt;
let counter: Desk;
let second: Desk;
let secretary: string;
beforeAll(async () => {
  ({ court, first: counter, second, secretary } = await twoDesks());
}, 120_000);
afterAll(() => court.close());

const register = async (desk: Desk, id: string) => {
  await checkToRegister(desk, id);
  tickChecks(desk, id, secretary);
  const { revision } = readFiling(desk.store.read, id)!;
  return registerFiling(desk.registration, { id, revision, actor: secretary }, { joinsCase: null });
};

describe('a filing that is handed in on paper', () => {
  it('is received, registered and has its talon without a line, and then stands at the registry and at the other desks', async () => {
    must(await pull(counter));
    court.desks[0]!.cable.out = true;
    const id = await take(counter, secretary);
    await counter.verify(id);
    const before = viewFiling(counter, id, 'secretary')!;
    expect(before).toMatchObject({ cabinetNumber: '', sentAt: null, state: 'received', intake: 'ready', signature: 'on-paper' });
    expect(before.takenOnPaperBy).not.toBe('');
    expect(before.documents.map((d) => [d.state, d.contentType])).toEqual([
      ['stored', 'image'],
      ['stored', 'text'],
    ]);
    expect(before.anomalies.map((a) => a.rule)).not.toContain('signature-missing');
    expect(before.checklist.map((c) => c.id)).toEqual(expect.arrayContaining(['signed-by-hand']));
    expect(before.checklist.map((c) => c.id)).not.toEqual(expect.arrayContaining(['identity']));

    const numbers = must(await register(counter, id));
    expect(numbers.incomingNumber).toMatch(/^9900-\d\d-\d{6}$/);
    must(await finishWork(counter));
    expect(viewFiling(counter, id, 'secretary')!.talon).toMatchObject({ sha256: expect.any(String), confirmed: false });
    expect(readFiling(second.store.read, id)).toBeNull();

    await court.desks[0]!.plugIn();
    must(await syncOnce(counter));
    const after = readFiling(counter.store.read, id)!;
    expect(after).toMatchObject({ cabinetNumber: expect.stringMatching(/^\d{12}$/), incomingNumber: numbers.incomingNumber });
    expect(after.confirmedAt).not.toBeNull();
    expect(after.message).toMatchObject({ cabinetNumber: after.cabinetNumber, sentAt: null, receivedAt: before.receivedAt });

    must(await syncOnce(second));
    expect(viewFiling(second, id, 'secretary')).toMatchObject({
      ...{ cabinetNumber: after.cabinetNumber, ...numbers, sentAt: null, signature: 'on-paper', intake: 'ready' },
      ...{ receivedAt: before.receivedAt, takenOnPaperBy: before.takenOnPaperBy },
    });
    expect(readDocuments(second.store.read, id).map((d) => [d.title, d.state])).toEqual([
      ['Талап қою арызы', 'stored'],
      ['Түбіртек', 'stored'],
    ]);
    const status = must(await cabinetStatus({ registryUrl: court.registry.url }, after.cabinetNumber));
    expect(status).toMatchObject({ incomingNumber: numbers.incomingNumber, talon: true });
    expect((status.timeline ?? []).map((entry) => entry.event)).not.toContain('sent');
  });

  it('is this desk’s for as long as the registry does not know it, and like every other once it does', async () => {
    court.desks[0]!.cable.out = true;
    const id = await take(counter, secretary);
    counter.leases.letGo(id);
    court.pass(40 * 3600);
    expect(await register(counter, id)).toMatchObject({ ok: true });
    const another = await take(counter, secretary);
    await court.desks[0]!.plugIn();
    must(await syncOnce(counter));
    must(await syncOnce(counter));
    must(await pull(second));
    expect(await second.leases.hold(another, secretary)).toMatchObject({ ok: false, error: { code: 'lease-held' } });
    counter.leases.letGo(another);
    must(await pull(counter));
    expect(await second.leases.hold(another, secretary)).toMatchObject({ ok: true });
    expect(await register(second, another)).toMatchObject({ ok: true });
  });

  it('taken twice under one id is one filing with one command', async () => {
    const id = newId();
    await take(counter, secretary, id);
    await take(counter, secretary, id);
    const { read } = counter.store;
    expect(read.all("SELECT 1 FROM outbox WHERE subject = ? AND kind = 'filing.take-paper'", id)).toHaveLength(1);
    expect(read.all("SELECT 1 FROM journal WHERE subject = ? AND action = 'filing.taken-on-paper'", id)).toHaveLength(1);
  });

  it('is not taken for another court, nor with a document that is not there', async () => {
    const before = counter.store.read.get('SELECT count(*) AS n FROM filing');
    const read = () => Promise.resolve(null);
    const taking = { id: newId(), actor: secretary };
    expect(await takeFolder(counter.paper, taking, { folder: { ...folder, court: '7540', documents: [] }, read })).toMatchObject({
      error: { code: 'input-invalid' },
    });
    expect(await takeFolder(counter.paper, taking, { folder, read })).toMatchObject({
      error: { code: 'document-missing', params: { file: 'claim.png' } },
    });
    expect(counter.store.read.get('SELECT count(*) AS n FROM filing')).toEqual(before);
  });
});
