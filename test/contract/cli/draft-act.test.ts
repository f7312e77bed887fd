import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSamples, submitSample } from '../../../main/core/index.ts';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
let registry: Awaited<ReturnType<typeof startKenseRegistry>>;

beforeAll(async () => {
  registry = await startKenseRegistry([], home);
});
afterAll(async () => {
  const gone = once(registry.child, 'exit');
  registry.child.kill('SIGTERM');
  await gone;
});

async function kense(args: string[], input?: string) {
  const run = await runKense([...args, '--json'], { home, ...(input === undefined ? {} : { input }) });
  return { code: run.code, json: run.stdout === '' ? null : (JSON.parse(run.stdout) as Record<string, unknown>) };
}
const office = (args: string[], input?: string) => kense(['office', ...args, '--profile', profile], input);
const keyOf = (name: string) => path.join(profile, 'training', 'keys', `${name}.p12`);
const signAct = (id: string, kind: string) => office(['sign-act', id, '--kind', kind, '--key', keyOf('judge'), '--pin-stdin'], '123456\n');

it('acts are drafted, signed and given out from the command line; others find them whole', { timeout: 240_000 }, async () => {
  const code = registry.courts.find((court) => court.code === '9900')!.enrolmentCode;
  expect(await office(['enrol', '--registry', registry.url, '--code', code, '--training'])).toMatchObject({ code: 0 });
  const clock = () => new Date().toISOString();
  const [sample] = must(await makeSamples({ profileDir: profile, resourcesDir: RESOURCES, clock, sampleFilings: 1 }));
  const folder = { ...sample!.folder, kind: 'court_order_app', language: 'ru' };
  const { id, cabinetNumber } = must(await submitSample(registry.url, { ...sample!, folder }, 'order'));
  await office(['pull']);
  expect(await office(['draft-act', id, '--kind', 'certificate']), 'before it was registered').toMatchObject({
    json: { error: { code: 'not-found' } },
  });
  expect(await office(['register', id])).toMatchObject({ code: 0, json: { state: 'with-judge' } });

  expect(await office(['draft-act', id]), 'without a kind').toMatchObject({ code: 64 });
  expect(await office(['draft-act', id, '--kind', 'court-order', '--language', 'en'])).toMatchObject({ code: 64 });
  expect(await office(['draft-act', id, '--kind', 'ruling-prep'])).toMatchObject({
    code: 1,
    json: { error: { code: 'act-kind-not-offered' } },
  });
  const drafted = await office(['draft-act', id, '--kind', 'court-order']);
  expect(drafted).toMatchObject({ code: 0, json: { kind: 'court-order', title: null, state: 'draft', language: 'ru', pages: 1 } });
  expect(await office(['draft-act', id, '--kind', 'court-order']), 'a repeated command').toEqual(drafted);
  expect(await office(['draft-act', id, '--kind', 'certificate', '--language', 'kk'])).toMatchObject({ code: 0, json: { language: 'kk' } });
  const text = path.join(tempDir(), 'ruling.txt');
  fs.writeFileSync(text, 'Бірінші абзац.\n\nЕкінші абзац.\n');
  expect(await office(['draft-act', id, '--kind', 'free-act', '--title', 'Жекеше ұйғарым']), 'nobody wrote it').toMatchObject({
    json: { error: { code: 'act-empty' } },
  });
  const free = ['draft-act', id, '--kind', 'free-act', '--title', 'Шешім', '--language', 'kk', '--text', text];
  expect(await office(free)).toMatchObject({ code: 0, json: { title: 'Шешім', pages: 1 } });

  await office(['sign-in', '--key', keyOf('judge'), '--pin-stdin'], '123456\n');
  const asked = await office(['send-back', id, '--kind', 'certificate', '--comment', 'Кімге беріледі?']);
  expect(asked).toMatchObject({ code: 0, json: { talk: [{ kind: 'sent-back', text: 'Кімге беріледі?' }] } });
  expect(await signAct(id, 'certificate')).toMatchObject({ code: 1, json: { error: { code: 'act-sent-back' } } });
  await office(['sign-in', '--key', keyOf('secretary'), '--pin-stdin'], '123456\n');
  expect(await office(['answer', id, '--kind', 'certificate', '--comment', 'Банкке'])).toMatchObject({
    ...{ code: 0, json: { kind: 'certificate', talk: [{}, { kind: 'answered', text: 'Банкке' }] } },
  });
  for (const kind of ['certificate', 'free-act', 'court-order'])
    expect(await signAct(id, kind)).toMatchObject({ code: 0, json: { kind, state: 'signed', level: 'B' } });
  expect(await office(['show', id])).toMatchObject({ json: { state: 'fulfilled' } });
  expect(await office(['sync'])).toMatchObject({ code: 0, json: { outboxLeft: 0, parked: 0 } });
  const status = await kense(['cabinet', 'status', cabinetNumber, '--registry', registry.url]);
  expect(status.json).toMatchObject({
    state: 'fulfilled',
    acts: [
      { kind: 'certificate', title: 'Анықтама' },
      { kind: 'free-act', title: 'Шешім' },
      { kind: 'court-order', title: 'Судебный приказ', terms: [{ id: 'gpk.order.send' }] },
    ],
  });
  const out = tempDir();
  expect(await kense(['cabinet', 'acts', cabinetNumber, '--registry', registry.url, '--out', out])).toMatchObject({ code: 0 });
  const files = fs.readdirSync(out).filter((name) => name.endsWith('.pdf'));
  expect(files).toHaveLength(3);
  const said = files.map((name) => {
    const file = path.join(out, name);
    execFileSync('qpdf', ['--check', file]);
    expect(execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' })).toMatch(/Signature is Valid\.[\s\S]*|Total document signed/);
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/[\s\u00a0]+/g, ' ');
  });
  for (const part of ['СУДЕБНЫЙ ПРИКАЗ', 'АНЫҚТАМА', 'ШЕШІМ', 'Екінші абзац.']) expect(said.join(' ')).toContain(part);
});
