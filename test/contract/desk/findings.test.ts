import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, pull, readTexts, syncOnce, viewFiling } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { readForHead, readOverrides } from '../../../main/office/index.ts';
import { overrideFinding, registerFiling } from '../../../main/registration/index.ts';
import type { FilingFolder } from '../../../shared/registry/index.ts';
import { tickChecks } from '../../support/desk/tick-checks.ts';
import { arrive, must, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
let head: string;
beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
  head = await signInAs(office, 'office-head');
});
afterAll(() => office.close());

let n = 0;
/** The good claim with other bytes and a receipt of its own, changed by a test. */
function claim(change: (folder: FilingFolder) => void = () => undefined) {
  const { folder, files } = sampleOf(office, 'good', 'claim');
  const copy = structuredClone(folder);
  copy.documents.splice(1);
  copy.documents[0]!.signatures = [];
  copy.payment!.number = `77${++n}`;
  change(copy);
  const main = copy.documents[0];
  const bytes = main && files.get(main.file);
  return { folder: copy, files: bytes && main ? new Map([[main.file, new Uint8Array([...bytes, 10, n])]]) : new Map<string, Uint8Array>() };
}
const found = (id: string) => viewFiling(office.desk, id, 'secretary')!.anomalies;
const finding = (id: string, rule: string) => found(id).find((a) => a.rule === rule)!;
const seen = (id: string, actor: string) => ({ id, revision: readFiling(office.desk.store.read, id)!.revision, actor });
const override = (id: string, rule: string, by: 'secretary' | 'office-head', reason: string) =>
  overrideFinding(
    office.desk.registration,
    { ...seen(id, by === 'secretary' ? secretary : head), role: by },
    { finding: finding(id, rule).id, reason },
  );
function register(id: string, by = secretary) {
  if (!readFiling(office.desk.store.read, id)!.flagged) tickChecks(office.desk, id, by);
  return registerFiling(office.desk.registration, seen(id, by), { joinsCase: null });
}

describe('a finding', () => {
  it('says how grave it is, what it rests on and what it is about, the gravest first', async () => {
    const id = await arrive(
      office,
      claim((folder) => (folder.payment!.amount = '1.00')),
    );
    expect(finding(id, 'duty-short')).toMatchObject({
      severity: 'error',
      source: 'НК 665; ГПК 149(1)(2)',
      field: 'payment.amount',
      params: { due: '12 500 ₸'.replaceAll(' ', '\u00a0'), paid: '1\u00a0₸', less: '12\u00a0499\u00a0₸' },
      override: null,
    });
    const weights = found(id).map(({ severity }) => ['fatal', 'error', 'warn'].indexOf(severity));
    expect(weights).toEqual([...weights].sort());
  });

  it('that is an error waits for a written reason, which everybody sees afterwards', async () => {
    const id = await arrive(
      office,
      claim((folder) => (folder.payment!.amount = '12499.99')),
    );
    expect(override(id, 'signature-missing', 'secretary', 'signed by hand at the counter')).toMatchObject({ ok: true });
    expect(register(id)).toMatchObject({ ok: false, error: { code: 'findings-open', params: { rule: 'duty-short', count: 1 } } });
    expect(readFiling(office.desk.store.read, id)!.registeredAt).toBeNull();
    expect(override(id, 'duty-short', 'secretary', '  ')).toMatchObject({ ok: false, error: { code: 'input-invalid' } });
    must(override(id, 'duty-short', 'secretary', 'one tiyn short, paid in cash'));
    expect(finding(id, 'duty-short').override).toMatchObject({ reason: 'one tiyn short, paid in cash' });
    must(register(id));
    expect(readFiling(office.desk.store.read, id)!.flagged).toBe(false);
    const row = readOverrides(office.desk.store.read, null).find((o) => o.filingId === id && o.rule === 'duty-short');
    expect(row).toMatchObject({ reason: 'one tiyn short, paid in cash', registered: true, severity: 'error' });
    const history = viewFiling(office.desk, id, 'secretary')!.history;
    expect(history.find(({ action, details }) => action === 'finding.overridden' && details['rule'] === 'duty-short')).toBeDefined();
  });

  it('keeps its answer when the filing is checked again, and another one needs its own', async () => {
    const id = await arrive(
      office,
      claim((folder) => (folder.payment!.amount = '2')),
    );
    must(override(id, 'duty-short', 'secretary', 'the rest is on its way'));
    await office.desk.verify(id);
    expect(finding(id, 'duty-short').override).not.toBeNull();
    expect(finding(id, 'signature-missing').override).toBeNull();
  });

  it('that is a warning stands in nobody’s way and needs no word', async () => {
    const id = await arrive(
      office,
      claim((folder) => (folder.payment!.amount = '13000')),
    );
    expect(finding(id, 'duty-over')).toMatchObject({ severity: 'warn', params: { more: '500\u00a0₸' } });
    expect(override(id, 'duty-over', 'secretary', 'x')).toMatchObject({ ok: false, error: { code: 'input-invalid' } });
  });

  it('that is fatal is the head’s alone, who says why; then the secretary registers it', async () => {
    const filing = claim();
    const name = filing.folder.documents[0]!.file;
    const program = Buffer.alloc(128);
    program.write('MZ', 0, 'latin1');
    program.writeUInt32LE(64, 60);
    program.write('PE\0\0', 64, 'latin1');
    filing.files.set(name, new Uint8Array(program));
    const id = await arrive(office, filing);
    expect(finding(id, 'document-program')).toMatchObject({ severity: 'fatal' });
    const { store } = office.desk;
    const checked = () =>
      store.read
        .all<{ details: string }>("SELECT details FROM journal WHERE subject = ? AND action = 'filing.checked' ORDER BY seq", id)
        .map(({ details }) => (JSON.parse(details) as { fatal: number }).fatal);
    expect(checked()).toEqual([1]);
    const verifyAgain = async () => {
      store.write((tx) => tx.run("UPDATE filing SET recheck_at = '2020-01-01T00:00:00.000Z' WHERE id = ?", id));
      must(await finishWork(office.desk));
    };
    await verifyAgain();
    expect(checked()).toEqual([1]);
    // as if it had been found only now
    store.write((tx) => tx.run("UPDATE anomaly SET severity = 'warn' WHERE filing_id = ? AND severity = 'fatal'", id));
    await verifyAgain();
    expect(checked()).toEqual([1, 1]);
    expect(readForHead(office.desk.store.read).map(({ filingId }) => filingId)).toContain(id);
    for (const { rule } of found(id).filter(({ severity }) => severity === 'error')) must(override(id, rule, 'secretary', 'read on paper'));
    expect(register(id)).toMatchObject({ ok: false, error: { code: 'head-decides' } });
    expect(override(id, 'document-program', 'secretary', 'I say so')).toMatchObject({ ok: false, error: { code: 'head-decides' } });
    // a word on another file is no word on this one
    office.desk.store.write((tx) =>
      tx.run(
        `INSERT INTO finding_override (filing_id, finding, rule, severity, by_user, at, reason)
         VALUES (?, 'document-program:7', 'document-program', 'fatal', ?, '2026-11-20T04:00:00.000Z', 'another file')`,
        ...[id, head],
      ),
    );
    expect(readForHead(office.desk.store.read).find(({ filingId }) => filingId === id)?.rules).toContain('document-program');
    must(override(id, 'document-program', 'office-head', 'the file is never opened'));
    expect(readForHead(office.desk.store.read).map(({ filingId }) => filingId)).not.toContain(id);
    must(register(id));
  });

  it('and its answer reach the registry, which tells every desk', async () => {
    const id = await arrive(
      office,
      claim((folder) => (folder.payment!.amount = '3')),
    );
    must(override(id, 'duty-short', 'secretary', 'third reason'));
    must(await syncOnce(office.desk));
    const states = must(await office.desk.client.filingStates(null));
    expect(states.filings.find((f) => f.id === id)?.overrides).toMatchObject([
      { rule: 'duty-short', severity: 'error', by: secretary, reason: 'third reason' },
    ]);
    office.desk.store.write((tx) => tx.run('DELETE FROM finding_override WHERE filing_id = ?', id));
    const state = states.filings.find((f) => f.id === id)!;
    office.desk.store.write((tx) => office.desk.adopt(tx, state));
    expect(finding(id, 'duty-short').override).toMatchObject({ reason: 'third reason' });
  });
});

describe('a receipt and a filing that came before', () => {
  it('the same receipt for another claim is an error that names the other filing', async () => {
    const first = await arrive(
      office,
      claim((folder) => (folder.payment!.number = 'RC-1 000 777')),
    );
    const second = await arrive(
      office,
      claim((folder) => (folder.payment!.number = 'rc1000777')),
    );
    expect(found(first).map(({ rule }) => rule)).not.toContain('receipt-used');
    expect(finding(second, 'receipt-used')).toMatchObject({
      severity: 'error',
      related: { id: first, number: readFiling(office.desk.store.read, first)!.cabinetNumber },
    });
  });

  it('the same number of another payer with another sum is another receipt', async () => {
    await arrive(
      office,
      claim((folder) => (folder.payment!.number = '555666')),
    );
    const other = claim((folder) => {
      folder.payment!.number = '555666';
      folder.payment!.payerId = '990113600137';
      folder.payment!.amount = '14000';
    });
    expect(found(await arrive(office, other)).map(({ rule }) => rule)).not.toContain('receipt-used');
  });

  it('the same bytes, the same parties with the same sum, and nearly the same text are told apart', async () => {
    const { folder, files } = sampleOf(office, 'good', 'claim');
    const first = await arrive(office, { folder, files });
    const again = await arrive(office, { folder: structuredClone(folder), files: new Map(files) });
    expect(finding(again, 'duplicate-bytes')).toMatchObject({ severity: 'warn', related: { id: first } });
    expect(finding(again, 'receipt-used').severity).toBe('warn');
    expect(found(first).map(({ rule }) => rule)).not.toContain('duplicate-bytes');
    const sameParties = await arrive(office, claim());
    expect(finding(sameParties, 'duplicate-claim')).toMatchObject({ severity: 'warn' });
    await readTexts(office.desk);
    const likeText = await arrive(
      office,
      claim((copy) => (copy.claimValue = '777777')),
    );
    await readTexts(office.desk);
    expect(finding(likeText, 'duplicate-text').params['percent']).toBeGreaterThan(95);
    expect(found(likeText).map(({ rule }) => rule)).not.toContain('duplicate-claim');
  });
});

describe('contents, files and language', () => {
  it('a representative without a power of attorney is an error, with one it is none', async () => {
    const representative = { name: 'Серікова Гүлнар', iin: '990113600137' };
    const without = await arrive(
      office,
      claim((folder) => (folder.representative = representative)),
    );
    expect(finding(without, 'power-missing')).toMatchObject({ severity: 'error', source: 'ГПК 149(1)(3), 152(1)(5)' });
  });

  it('sums and days out of every range are told and nothing is lost', async () => {
    const odd = claim((folder) => {
      folder.claimValue = '1e21';
      folder.payment!.date = '2026-02-30';
      folder.payment!.amount = 'many';
      folder.parties[0]!.iin = '870131400013';
      folder.parties[0]!.name = 'Aли\u202eев 😀';
    });
    const id = await arrive(office, odd);
    const rules = found(id).map(({ rule }) => rule);
    expect(rules).toEqual(
      expect.arrayContaining(['claim-value-unreadable', 'date-impossible', 'payment-unreadable', 'identifier-implausible', 'name-odd']),
    );
    expect(viewFiling(office.desk, id, 'secretary')!.claimValue).toBe('1e21');
  });

  it('a text in Kazakh that says it is Russian is told once it is read', async () => {
    const id = await arrive(
      office,
      claim((folder) => (folder.language = 'ru')),
    );
    expect(found(id).map(({ rule }) => rule)).not.toContain('language-differs');
    await readTexts(office.desk);
    expect(finding(id, 'language-differs')).toMatchObject({ severity: 'warn', documentId: expect.any(String) });
  });
});

describe('the good samples', () => {
  it('of every kind have nothing in the way but a case that the desk does not know', async () => {
    for (const sample of office.samples.filter(({ story }) => story === 'good')) {
      const id = await arrive(office, sample);
      const grave = found(id).filter(({ severity, rule }) => severity !== 'warn' && rule !== 'case-unknown');
      expect(grave, sample.folder.kind).toEqual([]);
    }
  });
});
