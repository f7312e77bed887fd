import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actCheckText } from '../../../shared/domain/act-check.ts';
import { talonQrText, type TalonFacts } from '../../../shared/domain/talon.ts';
import { keepUser, type Desk } from '../../support/registry/desk.ts';
import type { Call } from '../../support/registry/documented-client.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

const CASE = '9900-26-00-2/1';
const COURT = { code: '9900', nameKk: 'Оқу соты', nameRu: 'Учебный суд' };
const PERSONAL = ['Өмірбекова', '870131400012', '+77010000001', 'aliya@example.kz', '2162.50', 'талап'];

describeOnEveryDatabase('anyone may check a paper', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  let talon: { sha256: string; size: number };
  let act: { actId: string; sha256: string; size: number };
  let hidden: { actId: string; sha256: string; size: number };
  let qr: string;
  let cabinetNumber: string;
  let incomingNumber: string;
  let untalonedNumber: string;

  beforeAll(async () => {
    open = await openRegistry(fresh, { trustedProxies: ['127.0.0.1'] });
    desk = await open.desk();
    const clerk = await keepUser(open.client, open.registry, '9900', ['secretary']);
    const judge = await keepUser(open.client, open.registry, '9900', ['judge']);
    const { first } = await desk.lease('incoming', 2);
    [incomingNumber, untalonedNumber] = [first, first + 1].map((n) => `9900-26-${String(n).padStart(6, '0')}`) as [string, string];
    const party = {
      side: 'claimant',
      type: 'person',
      iin: '870131400012',
      name: 'Әлия Өмірбекова',
      phone: '+77010000001',
      email: 'aliya@example.kz',
    };
    const payment = { amount: '2162.50', date: '2026-11-20', number: '1' };
    const register = async (number: string) => {
      const filing = await submitFiling(open.client, '9900', `талап ${number}`, { parties: [party], payment });
      await desk.take(filing.id, clerk);
      const registering = { registeredAt: NOW, verdict: 'valid' as const, flagged: false, defects: [], caseNumber: null, joinsCase: CASE };
      await desk.send('filing.register', { filingId: filing.id, incomingNumber: number, ...registering }, clerk);
      return filing;
    };
    const filing = await register(incomingNumber);
    const other = await register(untalonedNumber);
    cabinetNumber = filing.cabinetNumber;
    const facts: TalonFacts = {
      ...{ court: '9900', incomingNumber, caseNumber: null, joinsCase: CASE, cabinetNumber, kind: 'claim' },
      ...{ receivedAt: NOW, registeredAt: NOW, verdict: 'valid', documents: 1 },
    };
    qr = talonQrText(facts, '0123456789abcdef', 'A'.repeat(86));
    talon = await desk.upload(Buffer.from('%PDF the talon'));
    await desk.send('talon.issue', { filingId: filing.id, ...talon, qr }, clerk);
    const issue = async (text: string, filingId: string) => {
      const issued = { actId: randomUUID(), ...(await desk.upload(Buffer.from(text))) };
      const ruling = { ...issued, filingId, kind: 'ruling-accept', level: 'B', signedAt: NOW, state: 'accepted' } as const;
      expect((await desk.send('act.issue', ruling, judge)).outcome).toBe('applied');
      return issued;
    };
    act = await issue('%PDF the act', filing.id);
    hidden = await issue('%PDF an act that was not dispatched', other.id);
    await desk.send('act.dispatch', { actId: act.actId, filingId: filing.id, recipients: [] }, judge);
  });
  afterAll(() => open?.registry.close());

  let addresses = 0;
  /** Each time from another address, so that nobody asks too often. */
  const asking = (operationId: string, call: Call) =>
    open.client.call(operationId, { ...call, headers: { 'x-forwarded-for': `10.0.${Math.floor(addresses / 200)}.${addresses++ % 200}` } });
  const check = async (number: string) => (await asking('checkPaper', { path: { number } })).json;
  const page = async (query: Record<string, string>) => await asking('readCheckPage', { query });

  it('an incoming number tells what stands on every talon, and nothing else', async () => {
    const original = { paper: 'talon', court: COURT, kind: null, incomingNumber, caseNumber: null, at: NOW, sha256: talon.sha256 };
    expect(await check(incomingNumber)).toEqual({ found: true, original });
    expect(await check(untalonedNumber)).toEqual({ found: false, original: null });
    expect(await check('9900-26-999999')).toEqual({ found: false, original: null });
  });

  it('an act is found by its id and by the beginning of its hash, once it was dispatched', async () => {
    const original = { paper: 'act', court: COURT, kind: 'ruling-accept', incomingNumber, caseNumber: null, at: NOW, sha256: act.sha256 };
    expect(await check(act.actId)).toEqual({ found: true, original });
    expect(await check(act.sha256.slice(0, 16).toUpperCase())).toEqual({ found: true, original });
    for (const unknown of [hidden.actId, hidden.sha256, randomUUID(), 'f'.repeat(64)])
      expect(await check(unknown)).toEqual({ found: false, original: null });
    expect((await asking('checkPaper', { path: { number: act.sha256.slice(0, 15) } })).status).toBe(400);
  });

  it('the text of the QR code tells the number of the case too, and only the very text', async () => {
    const answer = (await page({ number: qr, lang: 'ru' })).bytes.toString();
    for (const told of ['Подлинник есть в реестре', CASE, incomingNumber, talon.sha256, 'Учебный суд (9900)', '21.11.2026, 15:00'])
      expect(answer).toContain(told);
    const forged = (await page({ number: qr.replace(/A$/, 'B'), lang: 'ru' })).bytes.toString();
    expect(forged).toContain('Такой документ не найден');
    expect(forged).not.toContain(talon.sha256);
    expect((await page({ number: incomingNumber })).bytes.toString()).not.toContain(CASE);
  });

  it('the QR code of a verification sheet finds the act, and only when everything on it is so', async () => {
    const sheet = { court: '9900', actId: act.actId, incomingNumber, signedAt: NOW, sha256: act.sha256 };
    const asked = async (change: Partial<typeof sheet> = {}) =>
      (await page({ number: actCheckText({ ...sheet, ...change }), lang: 'ru' })).bytes.toString();
    const found = await asked();
    for (const told of ['Подлинник есть в реестре', 'Определение о принятии', CASE, incomingNumber, act.sha256, '21.11.2026, 15:00'])
      expect(found).toContain(told);
    const changes = [
      { sha256: 'f'.repeat(64) },
      { court: '7599' },
      { incomingNumber: untalonedNumber },
      { signedAt: '2026-11-21T10:00:01Z' },
      { actId: hidden.actId },
      { actId: hidden.actId, sha256: hidden.sha256, incomingNumber: untalonedNumber },
    ];
    for (const change of changes) {
      const missing = await asked(change);
      expect(missing).toContain('Такой документ не найден');
      expect(missing).not.toContain(CASE);
    }
  });

  it('the page speaks Kazakh and Russian, runs nothing and keeps nothing', async () => {
    const found = await page({ number: act.actId });
    const text = found.bytes.toString();
    for (const told of ['<html lang="kk">', 'Түпнұсқа тізілімде бар', 'Талап қоюды қабылдау туралы ұйғарым', 'Оқу соты (9900)', act.sha256])
      expect(text).toContain(told);
    expect((await page({ number: 'Иванов Иван', lang: 'ru' })).bytes.toString()).toContain('не похож ни на номер, ни на QR-код');
    expect((await page({})).bytes.toString()).not.toContain('<section');
    expect(text).not.toMatch(/<script|javascript:|\son\w+=|<img|<link|style="/i);
    const policy = found.headers.get('content-security-policy')!;
    const style = /<style>([^]*?)<\/style>/.exec(text)![1]!;
    expect(policy.split('; ').sort()).toEqual(
      [
        "default-src 'none'",
        `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].sort(),
    );
    expect(found.headers.get('set-cookie')).toBeNull();
    expect(found.headers.get('cache-control')).toBe('no-store');
    expect(found.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('what is typed in comes back as text', async () => {
    const text = (await page({ number: '"><script>alert(1)</script>&' })).bytes.toString();
    expect(text).not.toContain('<script');
    expect(text).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;</textarea>');
  });

  it('no answer names people or sums', async () => {
    const answers = [];
    for (const number of [incomingNumber, act.actId, act.sha256, talon.sha256])
      answers.push(JSON.stringify(await check(number)), (await page({ number })).bytes.toString());
    answers.push((await page({ number: qr })).bytes.toString().replace(/<textarea[^]*<\/textarea>|href="[^"]*"/g, ''));
    for (const answer of answers) for (const personal of [...PERSONAL, cabinetNumber]) expect(answer).not.toContain(personal);
  });
});
