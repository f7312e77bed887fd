import fs from 'node:fs';
import tls from 'node:tls';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, outboxOf, pull, push, syncOnce } from '../../main/core/index.ts';
import { readFiling } from '../../main/intake/index.ts';
import { submitFiling } from '../../main/sync/index.ts';
import { startRegistry } from '../../registry/index.ts';
import { deskWork } from '../support/desk/desk-steps.ts';
import { expectWhole } from '../support/desk/expect-whole.ts';
import { beginSession, realDesk } from '../support/desk/real-desk.ts';
import { summon } from '../support/desk/summon.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { keepUser } from '../support/registry/desk.ts';
import { createDocumentedClient } from '../support/registry/documented-client.ts';
import { makeCertificate } from '../support/registry/person.ts';
import { selfSigned } from '../support/self-signed.ts';
import { tempDir } from '../support/temp-dir.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const DAY_MS = 24 * 3_600_000;
const shifted = (ms: number) => () => new Date(Date.now() + ms).toISOString();

describe('a clock that is off by a day', () => {
  it.each([
    ['fast', 'desk', DAY_MS, 0],
    ['slow', 'desk', -DAY_MS, 0],
    ['fast', 'registry', 0, DAY_MS],
    ['slow', 'registry', 0, -DAY_MS],
  ] as const)(
    'and %s at the %s: a real desk still gets in, registers under a proof, sends a paper in parts and anchors its journal',
    async (_how, _side, deskMs, registryMs) => {
      const court = { code: '7599', nameKk: 'Алматы қалалық соты', nameRu: 'Алматинский городской суд' };
      const token = 'cabinet-token-of-the-tests';
      const registry = await startRegistry({
        database: 'embedded',
        dataDir: null,
        mode: 'real',
        clock: shifted(registryMs),
        courts: [court],
        cabinetToken: token,
      });
      closing.push(() => registry.close());
      const certificate = makeCertificate('P-256', { from: shifted(-30 * DAY_MS)(), to: shifted(30 * DAY_MS)() });
      const person = { certificates: [fs.readFileSync(certificate.pem, 'utf8')] };
      const secretary = await keepUser(createDocumentedClient(registry.url), registry, court.code, ['secretary'], person);
      const desk = await realDesk(registry.url, registry.courts.find((c) => c.code === court.code)!.enrolmentCode, shifted(deskMs));
      closing.push(() => desk.close());
      must(await syncOnce(desk));

      const parties = [{ side: 'claimant', type: 'person', iin: '870131400012', name: 'Әлия Өмірбекова' }];
      const folder = { court: court.code, kind: 'claim', language: 'kk', parties, documents: [] };
      const read = () => Promise.resolve(null);
      const { id } = must(await submitFiling({ registryUrl: registry.url, token, folder, read, idempotencyKey: newId() }));
      must(await pull(desk));
      await beginSession(desk, secretary, certificate);
      await deskWork.take(desk, { kind: 'register', filingId: id }, { secretary, head: secretary });
      await summon(desk, id, secretary);
      must(await syncOnce(desk));
      must(await syncOnce(desk));
      expect(readFiling(desk.store.read, id)).toMatchObject({ registeredAt: expect.any(String), confirmedAt: expect.any(String) });
      expect(desk.store.read.all("SELECT kind FROM outbox WHERE kind <> 'talon.issue' AND proof IS NULL")).toEqual([]);
      await expectWhole(desk, 1);
    },
  );
});

describe('a token that runs out', () => {
  it.each(['before the upload begins', 'while it is on its way'])('%s: the document arrives whole, once', async (when) => {
    let ahead = 0;
    let line: FaultProxy | null = null;
    const office = await trainingOffice({
      registry: { clock: () => new Date(Date.now() + ahead).toISOString() },
      line: async (url) => (line = await startFaultProxy(url)).url,
    });
    closing.push(
      () => line?.close(),
      () => office.close(),
    );
    must(await syncOnce(office.desk));
    const secretary = await signInAs(office, 'secretary');
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, id, secretary));
    must(await finishWork(office.desk));
    const expire = () => (ahead += 20 * 60_000);
    line!.onRequest = () => {
      if (line!.asked.at(-1) !== 'PUT /v1/documents/{sha256}') return;
      line!.onRequest = null;
      if (when === 'before the upload begins') expire();
      else setImmediate(expire);
    };
    must(await push(office.desk));
    expect(ahead).toBeGreaterThan(0);
    expect(line!.asked.filter((request) => request === 'POST /v1/token')).toHaveLength(2);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 1);
  });
});

describe('a certificate that changes', () => {
  const trusted = selfSigned('localhost');
  const other = selfSigned('localhost');
  let before: string[];
  beforeAll(() => {
    before = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...before, trusted.cert]);
    return () => tls.setDefaultCACertificates(before);
  });

  it('stops the exchange by name, and nothing is sent until the right one is back', async () => {
    let target = '';
    let line: FaultProxy | null = null;
    const office: TrainingOffice = await trainingOffice({
      line: async (url) => (line = await startFaultProxy((target = url), { tls: trusted })).url,
    });
    closing.push(
      () => line?.close(),
      () => office.close(),
    );
    must(await syncOnce(office.desk));
    const secretary = await signInAs(office, 'secretary');
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, id, secretary));
    must(await finishWork(office.desk));
    const waiting = outboxOf(office.desk).waiting;

    const port = Number(new URL(line!.url).port);
    await line!.close();
    line = await startFaultProxy(target, { tls: other, port });
    await office.reopen();
    const failure = { ok: false, error: { code: 'registry-certificate-untrusted', next: 'retry-later' } };
    expect(await syncOnce(office.desk)).toMatchObject(failure);
    await push(office.desk);
    expect(outboxOf(office.desk)).toMatchObject({ waiting, parked: [] });
    expect(line.asked).toEqual([]);

    await line.close();
    line = await startFaultProxy(target, { tls: trusted, port });
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 1);
  });

  it('in the middle of an upload: it goes on where it was when the right one is back', async () => {
    let target = '';
    let line: FaultProxy | null = null;
    const office: TrainingOffice = await trainingOffice({
      registry: { dataDir: tempDir() },
      line: async (url) => (line = await startFaultProxy((target = url), { tls: trusted })).url,
    });
    closing.push(
      () => line?.close(),
      () => office.close(),
    );
    must(await syncOnce(office.desk));
    const secretary = await signInAs(office, 'secretary');
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, id, secretary));
    await summon(office.desk, id, secretary);
    line!.follow(({ method }) => (method === 'PATCH' ? { kind: 'cut-request' } : method === 'HEAD' ? { kind: 'lose-request' } : null));
    await push(office.desk);
    const whole = line!.bodies[line!.asked.indexOf('PATCH /v1/uploads/{id}')]!;

    const port = Number(new URL(line!.url).port);
    await line!.close();
    line = await startFaultProxy(target, { tls: other, port });
    await office.reopen();
    expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'registry-certificate-untrusted' } });
    expect(line.asked).toEqual([]);

    await line.close();
    line = await startFaultProxy(target, { tls: trusted, port });
    must(await syncOnce(office.desk));
    expect(line.asked).not.toContain('POST /v1/uploads');
    expect(line.bodies[line.asked.indexOf('PATCH /v1/uploads/{id}')]).toBeLessThan(whole);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 1);
  });
});
