import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTalonCheck } from '../../../main/cli/talon-check.ts';
import { finishWork, pull, syncOnce, viewFiling } from '../../../main/core/index.ts';
import { prepareTalonPrint, printsOf, readTalon, recordTalonPrint } from '../../../main/registration/index.ts';
import { profilePaths } from '../../../main/store/index.ts';
import { dateTime } from '../../../shared/domain/kk-format.ts';
import { parseTalonQr } from '../../../shared/domain/talon.ts';
import { talonTrustDir } from '../../../main/core/talon-trust.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

let office: TrainingOffice;
let foreign: TrainingOffice;
let secretary: string;
beforeAll(async () => {
  office = await trainingOffice();
  foreign = await trainingOffice({ samples: 1 });
  for (const each of [office, foreign]) must(await pull(each.desk));
  secretary = await signInAs(office, 'secretary');
});
afterAll(() => Promise.all([office.close(), foreign.close()]));

async function registered(at: TrainingOffice, actor: string): Promise<{ id: string; qr: string }> {
  const id = await arrive(at, sampleOf(at, 'good', 'claim'));
  must(register(at, id, actor));
  must(await finishWork(at.desk));
  must(await syncOnce(at.desk));
  return { id, qr: at.desk.store.read.get<{ qr_text: string }>('SELECT qr_text FROM talon WHERE filing_id = ?', id)!.qr_text };
}
const historyOf = (id: string) => viewFiling(office.desk, id, 'secretary')!.history;
const bytesOf = async ({ sha256, size }: { sha256: string; size: number }) => (await office.desk.blobs.readAll(sha256, size))!;

async function checkHere(what: string): Promise<Record<string, unknown>> {
  let out = '';
  const io = { stdout: (text: string) => void (out += text), stderr: () => {}, cwd: '/', trustDirs: [talonTrustDir(office.profileDir)] };
  await runTalonCheck([what, '--json'], io);
  return JSON.parse(out) as Record<string, unknown>;
}
async function pageOf(qr: string, lang: 'kk' | 'ru'): Promise<string> {
  const answer = await fetch(`${office.registry.url}/check?lang=${lang}&number=${encodeURIComponent(qr)}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

describe('the page of the registry and kense talon check', () => {
  it('say the same of a good talon, of one that was changed and of one of another court', async () => {
    const { qr } = await registered(office, secretary);
    const other = await registered(foreign, await signInAs(foreign, 'secretary'));
    const facts = parseTalonQr(qr)!;
    const good = await checkHere(qr);
    expect(good).toMatchObject({ valid: true, incomingNumber: facts.incomingNumber });
    for (const lang of ['kk', 'ru'] as const) {
      const page = await pageOf(qr, lang);
      expect(page).toContain('class="found"');
      for (const said of [good['incomingNumber'], good['caseNumber'], dateTime(String(good['registeredAt']))])
        expect(page).toContain(`<dd>${String(said)}</dd>`);
    }
    const changed = qr.replace(/:V:/, ':I:');
    expect(changed).not.toBe(qr);
    for (const wrong of [changed, other.qr]) {
      expect(await checkHere(wrong)).toMatchObject({ valid: false });
      const page = await pageOf(wrong, 'kk');
      expect(page).toContain('class="missing"');
      expect(page).not.toContain('class="found"');
    }
  });
});

describe('a talon that is printed', () => {
  it('is the talon itself the first time and a copy after that, each with who and when in the journal', async () => {
    const { id } = await registered(office, secretary);
    const { registration, store } = office.desk;
    const talon = must(readTalon(registration, id));
    const first = must(await prepareTalonPrint(registration, { filingId: id, actor: secretary }));
    expect(first).toMatchObject({ number: 1, sha256: talon.sha256 });
    expect(printsOf(store.read, id)).toEqual([]);
    recordTalonPrint(registration, first, secretary);
    const second = must(await prepareTalonPrint(registration, { filingId: id, actor: secretary }));
    expect(second.number).toBe(2);
    recordTalonPrint(registration, second, secretary);
    expect(printsOf(store.read, id).map(({ number, by }) => [number, by !== null])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(
      historyOf(id)
        .filter(({ action }) => ['talon.made', 'talon.printed', 'talon.copied'].includes(action))
        .map(({ action, actor }) => [action, actor !== null]),
    ).toEqual([
      ['talon.copied', true],
      ['talon.printed', true],
      ['talon.made', false],
    ]);
    const file = path.join(tempDir(), 'copy.pdf');
    fs.writeFileSync(file, await bytesOf(second));
    const name = printsOf(store.read, id)[1]!.by!;
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    expect(text).toContain(`КӨШІРМЕ / КОПИЯ № 2 · ${dateTime(second.at)} · ${name}`);
    expect(await checkHere(file)).toMatchObject({ valid: true, incomingNumber: talon.incomingNumber });
    expect(must(readTalon(registration, id)).sha256).toBe(talon.sha256);
  });

  it('is drawn in the layout of the program, with a word in the journal, when that of the court cannot be used', async () => {
    const { templates } = profilePaths(office.profileDir);
    fs.mkdirSync(templates);
    const file = path.join(templates, 'talon.json');
    fs.writeFileSync(file, '{"id":"talon"}');
    const { id } = await registered(office, secretary);
    fs.rmSync(templates, { recursive: true });
    const made = historyOf(id).find(({ action }) => action === 'talon.made')!;
    expect(made.details['layoutProblem']).toBe('version');
    expect(must(readTalon(office.desk.registration, id)).sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
