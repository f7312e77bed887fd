import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, pull, viewFiling } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { flagFiling, noticeOf, offerProposal, registerFiling } from '../../../main/registration/index.ts';
import type { Defect, Proposal } from '../../../shared/contract/index.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { arrive, must, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
beforeAll(async () => {
  office = await trainingOffice({ now: '2026-11-20T04:00:00Z' });
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
});
afterAll(() => office.close());

const record = (id: string) => readFiling(office.desk.store.read, id)!;
const seen = (id: string) => ({ id, revision: record(id).revision, actor: secretary });
const view = (id: string) => viewFiling(office.desk, id, 'secretary')!;
const flag = (id: string, defects: Defect[], proposal?: Proposal) => flagFiling(office.desk.registration, seen(id), defects, proposal);
const offer = (id: string) => offerProposal(office.desk.store.read, office.desk.reference, record(id), office.desk.config.clock(), '9900');
const arrived = (language: 'kk' | 'ru' = 'kk') => {
  const { folder, files } = sampleOf(office, 'good', 'claim');
  return arrive(office, { folder: { ...folder, language }, files });
};
async function draftText(id: string): Promise<string> {
  must(registerFiling(office.desk.registration, seen(id), { joinsCase: null }));
  must(await finishWork(office.desk));
  const act = view(id).acts[0]!;
  const file = path.join(tempDir(), 'draft.pdf');
  fs.writeFileSync(file, (await office.desk.blobs.readAll(act.sha256, 1 << 24))!);
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/[\s\u00a0]+/g, ' ');
}

describe('what the office proposes to the judge', () => {
  it('keeps of each defect which documents, fields and annexes it is about, and what is to be mended', async () => {
    const id = await arrived();
    const [main] = view(id).documents;
    const defects: Defect[] = [
      { code: 'attachments', note: 'Шартты қоса беріңіз.', places: [{ kind: 'annex', name: 'Қарыз шарты' }] },
      { code: 'unreadable', note: null, places: [{ kind: 'document', id: main!.id }] },
    ];
    must(flag(id, defects));
    expect(view(id)).toMatchObject({ flagged: true, defects, proposal: { decision: 'return', grounds: [], transferTo: null } });
    must(flag(id, []));
    expect(view(id)).toMatchObject({ flagged: false, defects: [], proposal: null });
  });

  it('tells the filer in both languages what was marked and what to mend, and that a judge decides', async () => {
    const id = await arrived('ru');
    const [main] = view(id).documents;
    const places = [{ kind: 'document' as const, id: main!.id }];
    const words = offer(id).mend['unreadable']![0]!.ru.replace('{documents}', `«${main!.title}»`);
    must(
      flag(id, [
        { code: 'unreadable', note: words, places },
        { code: 'fee', note: 'Свои слова секретаря.' },
      ]),
    );
    const { notice } = view(id).proposal!;
    for (const part of [record(id).cabinetNumber, 'Документы нечитаемы', words, 'Свои слова секретаря.', 'Решение принимает судья'])
      expect(notice.ru).toContain(part);
    expect(notice.kk).toContain(`Мына құжаттың анық көшірмесін қайта беріңіз: «${main!.title}».`);
    for (const part of ['Құжаттар оқылмайды', 'Свои слова секретаря.', 'Шешімді судья қабылдайды', 'АПК'])
      expect(notice.kk).toContain(part);
    expect(notice.kk).not.toContain('Подайте заново');
    expect(`${notice.kk}${notice.ru}`).not.toMatch(/[{}]/);
  });

  it('names the sum that is missing where the findings know it', async () => {
    const id = await arrived();
    office.desk.store.write((tx) =>
      tx.run(
        "INSERT INTO anomaly (filing_id, rule, severity, params) VALUES (?, 'duty-short', 'error', ?)",
        id,
        JSON.stringify({ less: '1 500,00 ₸' }),
      ),
    );
    expect(offer(id).facts).toEqual({ less: '1 500,00 ₸' });
    expect(offer(id).found).toEqual([{ code: 'fee', note: null, places: [] }]);
    const defects = [{ code: 'fee', note: null }];
    const proposal = { decision: 'return' as const, grounds: [], transferTo: null };
    const notice = noticeOf(office.desk.store.read, office.desk.reference, {
      filing: record(id),
      defects,
      proposal,
      at: office.desk.config.clock(),
    });
    expect(notice.kk).toContain('1 500,00 ₸ сомасына толықтырып');
    expect(notice.ru).toContain('в сумме 1 500,00 ₸');
    expect(view(id).flagged).toBe(false);
  });

  it('goes to the judge as a draft of return with the words for each defect', async () => {
    const id = await arrived();
    must(flag(id, [{ code: 'fee', note: 'Бажды толық төлеңіз.' }]));
    expect(await draftText(id)).toContain('Бажды толық төлеңіз.');
    expect(view(id).acts).toMatchObject([{ kind: 'ruling-return', state: 'draft' }]);
  });

  it('goes to the judge as a draft of refusal or of transfer on grounds of law', async () => {
    const refused = await arrived();
    const law = offer(refused).decisions;
    expect(law.map(({ decision }) => decision)).toEqual(['return', 'refuse', 'transfer']);
    const refuse = law.find(({ decision }) => decision === 'refuse')!.grounds[0]!;
    must(flag(refused, [], { decision: 'refuse', grounds: [{ code: refuse.code, note: null }], transferTo: null }));
    await draftText(refused);
    expect(view(refused).acts).toMatchObject([{ kind: 'ruling-refuse' }]);
    const moved = await arrived();
    const transfer = offer(moved).decisions.find(({ decision }) => decision === 'transfer')!;
    const [court] = offer(moved).courts;
    const proposal: Proposal = {
      decision: 'transfer',
      grounds: [{ code: transfer.grounds[0]!.code, note: null }],
      transferTo: { code: court!.code, name: '' },
    };
    must(flag(moved, [], proposal));
    expect(view(moved).proposal!.notice.kk).toContain(court!.nameKk);
    expect(await draftText(moved)).toContain(court!.nameKk);
    expect(view(moved).acts).toMatchObject([{ kind: 'ruling-transfer' }]);
  });

  it('is refused, and nothing is marked, without a ground that the law offers or without the court', async () => {
    const id = await arrived();
    const ground = offer(id).decisions.find(({ decision }) => decision === 'transfer')!.grounds[0]!.code;
    const wrong: [Defect[], Proposal, string][] = [
      [[], { decision: 'refuse', grounds: [], transferTo: null }, 'grounds'],
      [[], { decision: 'refuse', grounds: [{ code: 'fee', note: null }], transferTo: null }, 'grounds'],
      [[], { decision: 'transfer', grounds: [{ code: ground, note: null }], transferTo: null }, 'transferTo'],
      [[], { decision: 'return', grounds: [], transferTo: null }, 'defects'],
    ];
    for (const [defects, proposal, field] of wrong)
      expect(flag(id, defects, proposal)).toMatchObject({ ok: false, error: { code: 'input-invalid', params: { field } } });
    expect(view(id)).toMatchObject({ flagged: false, proposal: null });
  });
});
