import path from 'node:path';
import tls from 'node:tls';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProfile, finishWork, openDesk, outboxOf, push, syncOnce, type Desk } from '../../main/core/index.ts';
import { openDataKey } from '../../main/store/index.ts';
import { createTokenHost } from '../../main/token/index.ts';
import { startRegistry } from '../../registry/index.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { expectWhole } from '../support/desk/expect-whole.ts';
import {
  arrive,
  must,
  register,
  RESOURCES,
  sampleOf,
  signInAs,
  trainingOffice,
  type TrainingOffice,
} from '../support/desk/training-office.ts';
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
    'and %s at the %s: a real desk still gets in, anchors its journal and gets numbers',
    async (_how, _side, deskMs, registryMs) => {
      const court = { code: '7599', nameKk: 'Алматы қалалық соты', nameRu: 'Алматинский городской суд' };
      const registry = await startRegistry({
        database: 'embedded',
        dataDir: null,
        mode: 'real',
        clock: shifted(registryMs),
        courts: [court],
      });
      closing.push(() => registry.close());
      const desk = await realDesk(registry.url, registry.courts.find((c) => c.code === court.code)!.enrolmentCode, shifted(deskMs));
      must(await syncOnce(desk));
      must(await syncOnce(desk));
      expect(desk.store.read.get<{ n: number }>('SELECT count(*) AS n FROM number_block')!.n).toBeGreaterThan(0);
      await expectWhole(desk, 0);
    },
  );
});

async function realDesk(registryUrl: string, enrolmentCode: string, clock: () => string): Promise<Desk> {
  const profileDir = path.join(tempDir(), 'desk');
  const passphrase = Buffer.from('a passphrase of the tests');
  must(
    await createProfile({
      profileDir,
      registryUrl,
      enrolmentCode,
      training: false,
      protector: { kind: 'passphrase', passphrase: passphrase.toString() },
      clock,
      newId,
    }),
  );
  const dataKey = must(openDataKey(profileDir, { kind: 'passphrase', passphrase: passphrase.toString() }));
  const tokenHost = createTokenHost(() => Promise.resolve(null));
  const desk = must(await openDesk({ profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId }, { tokenHost }));
  closing.push(() => desk.close());
  return desk;
}

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
});
