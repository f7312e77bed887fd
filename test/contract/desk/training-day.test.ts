import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, pull } from '../../../main/core/index.ts';
import { createTrainingDay } from '../../../main/core/training-day.ts';
import { knownCases, readKit } from '../../../main/core/create-training-profile.ts';
import { loadDay, makeDayFiling, type SampleFiling } from '../../../main/training/index.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

const MINUTE_MS = 60_000;
const day = loadDay();
let office: TrainingOffice;
/** The whole day lies in the past of the registry, which hears of no moment that is still to come. */
let now = Date.now() - 30 * 60 * MINUTE_MS;

/** The day of the desk by a clock that the test moves; a new one is what a restart makes. */
const begin = () => {
  const { desk } = office;
  return createTrainingDay({ ...desk, config: { ...desk.config, clock: () => new Date(now).toISOString() } });
};
const pass = async (one: ReturnType<typeof begin>, minutes: number) => {
  let sent = must(await one.tick());
  for (let minute = 0; minute < minutes; minute++) {
    now += MINUTE_MS;
    sent = must(await one.tick());
  }
  return sent;
};
const arrived = async () => {
  must(await pull(office.desk));
  return office.desk.store.read.all<{ cabinet_number: string; kind: string; verdict: string }>(
    'SELECT cabinet_number, kind, verdict FROM filing ORDER BY cabinet_number',
  );
};

beforeAll(async () => {
  office = await trainingOffice({ samples: 0 });
});
afterAll(() => office.close());

describe('the script of a training day', () => {
  it('tells good stories and every kind of bad one, minute after minute, none the same way twice', () => {
    expect(new Set(day.map(({ story }) => story))).toEqual(
      new Set(['good', 'not-applicant', 'revoked', 'ocsp-unreachable', 'changed-document']),
    );
    const minutes = day.map(({ minute }) => minute);
    expect(minutes).toEqual([...new Set(minutes)].toSorted((a, b) => a - b));
    const told = day.map(({ id, variation, story }) => `${id} ${variation} ${story}`);
    expect(new Set(told).size).toBe(day.length);
  });

  it('gives the same bytes for the same moment, and others for another', async () => {
    const kit = (await readKit(office.profileDir))!;
    const made = (at: string) => makeDayFiling({ place: 0, kit, at, caseNumbers: knownCases(kit.createdAt), resourcesDir: RESOURCES });
    const plain = ({ folder, files }: SampleFiling) => [
      folder,
      [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
    ];
    const at = new Date(now).toISOString();
    expect(plain(await made(at))).toEqual(plain(await made(at)));
    expect(plain(await made(at))).not.toEqual(plain(await made(new Date(now - MINUTE_MS).toISOString())));
  });
});

describe('a training day', { timeout: 240_000 }, () => {
  it('counts the minutes that training is open: neither a night nor a clock set back brings a filing', async () => {
    const first = day[0]!.minute;
    expect(await pass(begin(), first - 3)).toBe(0);
    now += 24 * 60 * MINUTE_MS;
    const next = begin();
    expect(await pass(next, 0), 'closed for a night').toBe(0);
    now -= 26 * 60 * MINUTE_MS;
    expect(must(await next.tick()), 'set back').toBe(0);
    now += 26 * 60 * MINUTE_MS;
    expect(must(await next.tick()), 'set forward, which is two minutes at most').toBe(0);
    expect(await arrived()).toEqual([]);
    expect(await pass(next, 1)).toBe(1);
    expect(await arrived()).toMatchObject([{ kind: day[0]!.kind }]);
  });

  it('sends what a broken line kept back, once, also where the answer was lost', async () => {
    const minutes = day[1]!.minute - day[0]!.minute;
    office.fault = ({ method, route }) => (method === 'POST' && route.endsWith('/cabinet/filings') ? { kind: 'drop-answer' } : null);
    const broken = begin();
    await pass(broken, minutes - 1);
    now += MINUTE_MS;
    expect(await broken.tick()).toMatchObject({ ok: false });
    office.fault = null;
    expect(await pass(begin(), 0), 'after a restart').toBe(2);
    expect(await arrived()).toHaveLength(2);
  });

  it('brings each filing of the script once, with the verdict of its story, and is over then', async () => {
    const one = begin();
    expect(await pass(one, day.at(-1)!.minute)).toBe(day.length);
    expect(await pass(begin(), 30)).toBe(day.length);
    await arrived();
    must(await finishWork(office.desk));
    const filings = await arrived();
    expect(filings.map(({ kind }) => kind)).toEqual(day.map(({ kind }) => kind));
    const verdictOf = {
      good: 'valid',
      'not-applicant': 'valid',
      revoked: 'undecided',
      'ocsp-unreachable': 'undecided',
      'changed-document': 'invalid',
    };
    expect(filings.map(({ verdict }) => verdict)).toEqual(day.map(({ story }) => verdictOf[story]));
  });
});
