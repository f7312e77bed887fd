import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runKense, type Run } from '../../support/cli/run-kense.ts';
import { tempDir } from '../../support/temp-dir.ts';

type Demo = {
  submitted: number;
  pulled: number;
  verdicts: { valid: number; undecided: number; invalid: number };
  registered: {
    filing: string;
    cabinetNumber: string;
    incomingNumber: string;
    caseNumber: string | null;
    joinsCase: string | null;
    flagged: boolean;
    talon: string;
  }[];
  acts: { filing: string; kind: string; file: string; level: string }[];
  sync: { outboxLeft: number; registryAgrees: boolean };
  journal: { entries: number; chain: string };
  seconds: number;
};
const home = tempDir();
const out = path.join(tempDir(), 'out');
let run: Run;
let demo: Demo;
beforeAll(async () => {
  run = await runKense(['demo', '--json', '--out', out], { home });
  demo = JSON.parse(run.stdout) as Demo;
}, 120_000);
const papers = () => [...demo.registered.map((r) => r.talon), ...demo.acts.map((a) => a.file)];

describe('kense demo', () => {
  it('does the main job and says so in the promised shape', () => {
    expect(run.code).toBe(0);
    expect(demo).toMatchObject({
      submitted: 12,
      pulled: 12,
      verdicts: { valid: 9, undecided: 2, invalid: 1 },
      sync: { outboxLeft: 0, registryAgrees: true },
      journal: { chain: 'ok' },
    });
    expect(demo.registered).toHaveLength(11);
    for (const r of demo.registered) {
      expect(r.cabinetNumber).toMatch(/^\d{12}$/);
      expect(r.incomingNumber).toMatch(/^9900-\d\d-\d{6}$/);
      expect(r.caseNumber === null || r.joinsCase === null).toBe(true);
    }
    expect(new Set(demo.registered.map((r) => r.incomingNumber)).size).toBe(11);
    expect(demo.acts.map((a) => a.kind)).toEqual(expect.arrayContaining(['ruling-accept', 'ruling-return']));
    expect(demo.acts.every((a) => a.level === 'B')).toBe(true);
    expect(demo.seconds).toBeGreaterThan(0);
  });

  it('leaves PDFs that foreign readers call whole and signed', () => {
    for (const file of papers()) {
      const full = path.join(out, file);
      expect(spawnSync('qpdf', ['--check', full]).status, file).toBe(0);
      const signed = execFileSync('pdfsig', ['-nocert', full], { encoding: 'utf8' });
      expect(signed, file).toContain('Signature Validation: Signature is Valid.');
      expect(signed, file).toContain('Total document signed');
      expect(execFileSync('pdfinfo', [full], { encoding: 'utf8' }), file).toMatch(
        /Pages:\s+1\n[\s\S]*Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/,
      );
    }
  });

  it('prints numbers that come out of the page as one word, in both languages with all their letters', () => {
    for (const r of demo.registered) {
      const words = execFileSync('pdftotext', ['-layout', path.join(out, r.talon), '-'], { encoding: 'utf8' }).split(/\s+/);
      for (const number of [r.incomingNumber, r.cabinetNumber, r.caseNumber ?? r.joinsCase].filter((n) => n !== null))
        expect(words, r.talon).toContain(number);
      expect(words.join(' ')).toContain('ТІРКЕУ ТАЛОНЫ');
      expect(words.join(' ')).toContain('ТАЛОН О РЕГИСТРАЦИИ');
    }
  });

  it('makes talons that can be checked with no network, by the page and by the text of the QR, and not once they were touched', async () => {
    const talon = path.join(out, demo.registered[0]!.talon);
    const good = await runKense(['talon', 'check', talon, '--trust', path.join(out, 'trust'), '--json'], { home });
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ valid: true, incomingNumber: demo.registered[0]!.incomingNumber, court: '9900' });
    expect(
      (await runKense(['talon', 'check', talon, '--json'], { home })).code,
      'the desk has laid its certificate out for this user',
    ).toBe(0);
    expect((await runKense(['talon', 'check', talon, '--json'], { home: tempDir() })).code, 'another user trusts nothing of it').toBe(1);

    const bytes = fs.readFileSync(talon);
    const touched = path.join(tempDir(), 'touched.pdf');
    fs.writeFileSync(touched, Buffer.concat([bytes, Buffer.from('\n% one more line\n')]));
    const bad = await runKense(['talon', 'check', touched, '--trust', path.join(out, 'trust'), '--json'], { home });
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({ valid: false });
  });

  it('refuses what it does not understand', async () => {
    expect((await runKense(['demo', '--filings', 'many'], { home })).code).toBe(64);
    expect((await runKense(['demonstrate'], { home })).code).toBe(64);
    expect((await runKense([], { home })).code).toBe(64);
  });

  it('help is no fault, wherever it is asked for', async () => {
    for (const argv of [['--help'], ['help'], ['verify', '--help'], ['office', 'queue', '-h']]) {
      const { code, stdout, stderr } = await runKense(argv, { home });
      expect([code, stderr], argv.join(' ')).toEqual([0, '']);
      expect(stdout).toMatch(/^usage: kense/);
      expect(stdout).toContain('--batch REQUESTS.json');
    }
    expect((await runKense(['verify', '--', '--help'], { home })).code).toBe(65);
  });
});
