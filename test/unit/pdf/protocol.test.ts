import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProtocol, pull, viewFiling } from '../../../main/core/index.ts';
import type { SampleFiling } from '../../../main/training/index.ts';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { arrive, must, sampleOf, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { ink, pictureOf } from './page-picture.ts';

type Story = SampleFiling['story'];
type Paper = { readonly file: string; readonly text: string; readonly id: string };

let office: TrainingOffice;
const papers = new Map<Story, Paper>();
const run = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: 'utf8' });
const request = { madeBy: 'Әлиева Қарлығаш Ғабитқызы', version: '0.1.0', online: true };
/** Text in the order in which it is read, with line breaks and no-break spaces as plain ones. */
const words = (text: string) => text.replaceAll(/[\s\u00a0]+/g, ' ');

async function paperOf(story: Story): Promise<Paper> {
  const ready = papers.get(story);
  if (ready) return ready;
  const id = await arrive(office, sampleOf(office, story));
  const { bytes } = must(await makeProtocol(office.desk, { ...request, filingId: id, format: 'pdf' }));
  const file = path.join(tempDir(), `${story}.pdf`);
  writeFileSync(file, bytes);
  const paper = { file, id, text: words(run('pdftotext', '-layout', file, '-').stdout) };
  papers.set(story, paper);
  return paper;
}

beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
}, 120_000);
afterAll(() => office.close());

describe('the verification protocol as a paper', () => {
  it.each(['good', 'not-applicant', 'revoked', 'ocsp-unreachable', 'changed-document'] as const)(
    'of a filing that is %s is a sound PDF/A-2a with tags, and every page has words on it',
    async (story) => {
      const { file } = await paperOf(story);
      expect(run('qpdf', '--check', file)).toMatchObject({ status: 0 });
      const info = run('pdfinfo', file).stdout;
      expect(info).toMatch(/Tagged:\s+yes/);
      expect(readFileSync(file, 'latin1')).toMatch(/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A</);
      expect(run('pdffonts', file).stdout).not.toMatch(/\sno\s+\w+\s+\w+\s+\d+\s+0$/m);
      const pages = Number(/Pages:\s+(\d+)/.exec(info)?.[1]);
      for (let page = 1; page <= pages; page++) expect(ink(pictureOf(file, page, 50))).toBeGreaterThan(300);
    },
  );

  it('says in both languages who made it, of which filing, and that it decides nothing', async () => {
    const { text } = await paperOf('good');
    for (const part of [
      'Электрондық қолтаңбаларды тексеру хаттамасы',
      'Протокол проверки электронных подписей',
      'Оқу соты',
      'Учебный суд',
      request.madeBy,
      'Kense 0.1.0',
      'шешімді судья қабылдайды',
      'решение принимает судья',
      'ОҚУ РЕЖИМІ',
    ])
      expect(text).toContain(part);
  });

  it('names every file with its hash, the signer, the policy, the evidence and how the time is known', async () => {
    const { text, id } = await paperOf('good');
    const filing = viewFiling(office.desk, id, null)!;
    for (const document of filing.documents) {
      expect(text).toContain(document.sha256);
      const [card] = document.signatures;
      for (const part of [card!.fileSha256, card!.signerName!, card!.signerIin!, card!.serial!, card!.certificateSha256!, 'kz-incoming'])
        expect(text).toContain(part);
    }
    expect(text).toMatch(/кері қайтарып алу тізімі \(CRL\), \d\d\.\d\d\.\d{4}/);
    expect(text).toMatch(/список отозванных \(CRL\) от \d\d\.\d\d\.\d{4}/);
    expect(text).toContain(ru['sig.timeUntrusted']);
    expect(text).toContain('не позже');
    expect(text).toContain(kk['sig.valid']);
    expect(text).not.toContain(kk['protocol.open']);
  });

  it('lists every check in words', async () => {
    const { text, id } = await paperOf('good');
    const checks = viewFiling(office.desk, id, null)!.documents.flatMap((d) => d.signatures.flatMap((card) => card.checks));
    expect(checks.length).toBeGreaterThan(30);
    const flat = words(run('pdftotext', '-raw', (await paperOf('good')).file, '-').stdout);
    for (const { id: check } of checks) {
      expect(flat, check).toContain(kk[`sigCheck.${check}` as keyof typeof kk]);
      expect(flat, check).toContain(ru[`sigCheck.${check}` as keyof typeof ru]);
    }
    expect(text).not.toContain('sigCheck.');
    expect(text).not.toContain('{{');
  });

  it.each([
    ['revoked', 'revokedNoTime', 'undecided'],
    ['ocsp-unreachable', 'serviceDown', 'undecided'],
    ['changed-document', 'changed', 'invalid'],
    ['not-applicant', 'iinMismatch', 'check-signer'],
  ] as const)('of a filing that is %s gives the reason and the next step, and looks like no approval', async (story, reason, state) => {
    const { file, text } = await paperOf(story);
    const flat = words(run('pdftotext', '-raw', file, '-').stdout);
    for (const locale of [kk, ru]) {
      expect(flat).toContain(locale[`sigReason.${reason}`]);
      expect(flat).toContain(locale[`sigReason.${reason}.do`]);
      expect(flat).toContain(locale[`sig.${state}`]);
    }
    expect(text).toContain(words(kk['protocol.open']).slice(0, 40));
    if (state !== 'check-signer') expect(text.split(ru['protocol.result'])[1]?.slice(0, 200)).not.toContain(ru['sig.valid']);
  });

  it('says that there is no connection where that is why a state is unknown', async () => {
    const { id } = await paperOf('ocsp-unreachable');
    const { bytes } = must(await makeProtocol(office.desk, { ...request, online: false, filingId: id, format: 'pdf' }));
    const file = path.join(tempDir(), 'offline.pdf');
    writeFileSync(file, bytes);
    const flat = words(run('pdftotext', '-raw', file, '-').stdout);
    expect(flat).toContain(kk['sigReason.noStatus']);
    expect(flat).not.toContain(kk['sigReason.serviceDown']);
  });

  it('is the same for the same moment, so that two copies can be told from two checks', async () => {
    const { id } = await paperOf('good');
    const clock = () => '2026-11-22T06:00:00.000Z';
    const desk = { ...office.desk, config: { ...office.desk.config, clock } };
    const draw = async () => must(await makeProtocol(desk, { ...request, filingId: id, format: 'pdf' })).bytes;
    expect(Buffer.compare(await draw(), await draw())).toBe(0);
  });
});

describe('the verification protocol as data', () => {
  it('is the stored reports word for word under a head', async () => {
    const { id } = await paperOf('changed-document');
    const made = must(await makeProtocol(office.desk, { ...request, filingId: id, format: 'json' }));
    expect(made.fileName).toMatch(/^protocol-[\d-]+\.json$/);
    const data = JSON.parse(Buffer.from(made.bytes).toString('utf8')) as {
      protocol: { madeBy: string; verdict: string; state: string; filing: { id: string } };
      documents: { sha256: string; signatures: { report: unknown; judged: { reason: string }[] }[] }[];
    };
    expect(data.protocol).toMatchObject({ format: 1, madeBy: request.madeBy, verdict: 'invalid', state: 'invalid', filing: { id } });
    const stored = office.desk.store.read
      .all<{ report: string }>('SELECT report FROM document WHERE filing_id = ? AND report IS NOT NULL ORDER BY position', id)
      .map(({ report }) => JSON.parse(report) as unknown);
    expect(data.documents.flatMap((d) => d.signatures.map((s) => s.report))).toEqual(stored);
    expect(data.documents[0]!.signatures[0]!.judged[0]!.reason).toBe('changed');
  });

  it('of an unknown filing is none', async () => {
    const unknown = { ...request, filingId: '00000000-0000-4000-8000-000000000000', format: 'json' as const };
    expect(await makeProtocol(office.desk, unknown)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});
