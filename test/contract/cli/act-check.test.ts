import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../main/cli/run-cli.ts';
import type { CliIo } from '../../../main/cli/cli-io.ts';
import { drawCheckSheet } from '../../../main/pdf/index.ts';
import { actCheckText } from '../../../shared/domain/act-check.ts';
import { tempDir } from '../../support/temp-dir.ts';

const resourcesDir = fileURLToPath(new URL('../../../resources', import.meta.url));
const ORIGINAL = Buffer.from('%PDF-1.7 the signed act, whatever is in it');
const ACT = {
  court: '9900',
  actId: '01980000-0000-7000-8000-000000000001',
  incomingNumber: '9900-26-000017',
  signedAt: '2026-11-21T04:31:07Z',
  sha256: createHash('sha256').update(ORIGINAL).digest('hex'),
};
const TEXT = actCheckText(ACT);
let cwd: string;

beforeAll(async () => {
  cwd = tempDir();
  const sheet = await drawCheckSheet(
    {
      ...ACT,
      ...{ courtNameKk: 'Оқу-жаттығу аудандық соты', courtNameRu: 'Учебный районный суд', caseNumber: '9900-26-00-2/17', level: 'LT' },
      ...{ kindNameKk: 'Ұйғарым', kindNameRu: 'Определение', parties: 'А – Б', signer: 'Мысалғалиев Өмірхан', madeBy: 'Үлгібаева Әсел' },
      ...{ madeAt: '2026-11-22T04:31:07Z', training: true },
    },
    path.join(resourcesDir, 'fonts'),
  );
  writeFileSync(path.join(cwd, 'sheet.pdf'), sheet);
  writeFileSync(path.join(cwd, 'act.pdf'), ORIGINAL);
  writeFileSync(path.join(cwd, 'edited.pdf'), Buffer.concat([ORIGINAL, Buffer.from(' ')]));
});

async function check(...argv: string[]) {
  let stdout = '';
  let stderr = '';
  const io: CliIo = {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    readLine: () => Promise.resolve(''),
    cwd,
    resourcesDir,
    clock: () => '2026-11-22T05:00:00Z',
    newId: () => 'id',
    userDataDir: cwd,
    unpackaged: true,
    stopped: Promise.resolve(),
    verificationWorker: path.resolve('main/signature/worker/process.ts'),
  };
  const code = await runCli(['act', 'check', ...argv], io);
  return { code, stdout, stderr, json: argv.includes('--json') ? (JSON.parse(stdout) as unknown) : null };
}

describe('kense act check', () => {
  it('says where the act of a QR text and of a verification sheet belongs', async () => {
    const said = { valid: true, reason: null, original: null, ...ACT };
    expect(await check(TEXT, '--json')).toMatchObject({ code: 0, json: said });
    expect(await check('sheet.pdf', '--json')).toMatchObject({ code: 0, json: said });
    const { stdout } = await check(TEXT);
    for (const part of Object.values(ACT)) expect(stdout).toContain(part);
  });

  it('says whether a file is that act, to the octet', async () => {
    expect(await check('sheet.pdf', '--original', 'act.pdf', '--json')).toMatchObject({ code: 0, json: { valid: true, original: 'same' } });
    expect(await check(TEXT, '--original', 'edited.pdf', '--json')).toMatchObject({
      code: 1,
      json: { valid: false, reason: 'original-differs', original: 'different', incomingNumber: ACT.incomingNumber },
    });
    expect((await check(TEXT, '--original', 'act.pdf')).stdout).toContain('kense verify');
  });

  it.each([
    ['another text', 'KENSET1:9900'],
    ['a text with more at its end', `${TEXT}:0`],
    ['a hash cut short', TEXT.slice(0, -1)],
    ['a hash in capitals', TEXT.toUpperCase()],
    ['a PDF that is no sheet', 'act.pdf'],
  ])('takes %s for nothing', async (_name, what) => {
    expect(await check(what, '--json')).toMatchObject({ code: 1, json: { valid: false, reason: 'not-of-an-act', original: null } });
  });

  it('tells a file that is not there and a wrong call apart from a wrong sheet', async () => {
    expect((await check('nowhere.pdf')).code).toBe(65);
    expect((await check(TEXT, '--original', 'nowhere.pdf')).code).toBe(65);
    expect((await check()).code).toBe(64);
    expect((await check(TEXT, TEXT)).code).toBe(64);
  });
});
