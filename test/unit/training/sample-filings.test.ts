import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS, filingFolderSchema } from '../../../shared/registry/index.ts';
import { contentFromBytes, loadPolicy, POLICY_NAMES, readTrustMaterial, verifyFile } from '../../../main/signature/index.ts';
import { makeSampleFilings, type SampleFiling } from '../../../main/training/index.ts';
import { at, installedKit, judge, NOW, openssl } from './installed-kit.ts';

const resourcesDir = resolve(import.meta.dirname, '../../../resources');
const caseNumbers = ['9900-26-00-2/17', '9900-26-00-4/3'];

let installed: Awaited<ReturnType<typeof installedKit>>;
/** The first twelve are every story once, the others are told again. */
let all: SampleFiling[];
let twelve: SampleFiling[];
let documents: { filing: SampleFiling; role: string; file: string; path: string }[];

beforeAll(async () => {
  installed = await installedKit();
  all = await makeSampleFilings({ kit: installed.kit, count: 20, now: NOW, caseNumbers, resourcesDir });
  twelve = all.slice(0, 12);
  for (const { id, files } of all) {
    mkdirSync(installed.path(id));
    for (const [name, bytes] of files) writeFileSync(installed.path(id, name), bytes);
  }
  documents = all.flatMap((filing) =>
    filing.folder.documents.map(({ role, file }) => ({ filing, role, file, path: installed.path(filing.id, file) })),
  );
  const crls = ['root', 'issuing'].map((name) =>
    openssl(['crl', '-inform', 'DER', '-in', installed.path('trust/crls', `${name}.crl`), '-outform', 'PEM']),
  );
  writeFileSync(installed.path('trusted.pem'), installed.kit.authorities.root.certificate);
  writeFileSync(installed.path('trusted-with-crls.pem'), [installed.kit.authorities.root.certificate, ...crls].join(''));
}, 60_000);
afterAll(() => rmSync(installed.dir, { recursive: true }));

const tool = (name: string, ...args: string[]) => execFileSync(name, args, { encoding: 'utf8' });
const textOf = (path: string) => tool('pdftotext', '-layout', path, '-');
const pagesOf = (path: string) => Number(/Pages:\s+(\d+)/.exec(tool('pdfinfo', path))![1]);
const verifyCms = (path: string, trust: string, ...options: string[]) =>
  judge([
    ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', `${path}.p7s`, '-content', path, '-out', installed.path('content')],
    ...['-signer', installed.path('signer.pem'), '-CAfile', installed.path(trust), '-purpose', 'any', ...at(NOW), ...options],
  ]);
const story = (name: SampleFiling['story']) => twelve.find((filing) => filing.story === name)!;

describe('twelve sample filings', () => {
  it('are nine valid, two undecided and one invalid, a good claim first', () => {
    const count = (verdict: string) => twelve.filter(({ expectedVerdict }) => expectedVerdict === verdict).length;
    expect([count('valid'), count('undecided'), count('invalid')]).toEqual([9, 2, 1]);
    expect(twelve.filter(({ story }) => story === 'not-applicant').map(({ expectedVerdict }) => expectedVerdict)).toEqual(['valid']);
    expect(twelve[0]).toMatchObject({ id: '01-claim', story: 'good', folder: { kind: 'claim', language: 'kk' } });
  });

  it('are of at least eight kinds that the reference knows, in both court languages', () => {
    const known = readFileSync(join(resourcesDir, 'reference/document_types.csv'), 'utf8')
      .split('\n')
      .map((line) => line.split(',')[0]);
    const kinds = new Set(twelve.map(({ folder }) => folder.kind));
    expect(kinds.size).toBeGreaterThanOrEqual(8);
    for (const kind of kinds) expect(known).toContain(kind);
    for (const { role } of documents) expect(role === 'evidence' || known.includes(role)).toBe(true);
    expect(new Set(twelve.map(({ folder }) => folder.language))).toEqual(new Set(['kk', 'ru']));
  });

  it('are folders as the cabinet takes them, with exactly the files they name', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { folder, files } of all) {
      expect(filingFolderSchema.parse(folder)).toEqual(folder);
      expect(folder.court).toBe('9900');
      const named = folder.documents.flatMap(({ file, signatures }) => [file, ...signatures]);
      expect([...files.keys()].sort()).toEqual([...named].sort());
      for (const { file, signatures } of folder.documents) expect(signatures).toEqual([`${file}.p7s`]);
      for (const bytes of files.values()) expect(bytes.length).toBeLessThan(LIMITS.documentBytes);
    }
  });

  it('pay the state duty where it is due, to the tenge, and nowhere else', () => {
    const paid = twelve.map(({ folder }) => [folder.kind, folder.claimValue ?? null, folder.payment?.amount ?? null]);
    expect(paid.filter(([, , amount]) => amount !== null)).toEqual([
      ['claim', '1250000.00', '12500.00'],
      ['court_order_app', '960000.00', '4800.00'],
      ['claim', '640000.00', '6400.00'],
      // 0.3 of the monthly index of 2026.
      ['admin_claim', null, '1297.50'],
      ['claim', '8640000.00', '259200.00'],
    ]);
    for (const { folder } of all) {
      expect(folder.documents.some(({ role }) => role === 'duty_payment')).toBe(folder.payment !== undefined);
      if (folder.payment)
        expect(folder.payment).toMatchObject({
          date: '2026-11-20',
          kbk: '108126',
          payerId: folder.parties[0]!.iin ?? folder.parties[0]!.bin,
        });
    }
    expect(new Set(all.flatMap(({ folder }) => folder.payment?.number ?? [])).size).toBe(all.filter(({ folder }) => folder.payment).length);
  });

  it('join the given cases in turn, or no case when none is known', async () => {
    expect(twelve.flatMap(({ folder }) => folder.case ?? [])).toEqual([0, 1, 0, 1, 0, 1, 0].map((i) => caseNumbers[i]));
    expect(twelve.filter(({ folder }) => folder.case).map(({ folder }) => folder.kind)).not.toContain('claim');
    const five = await makeSampleFilings({ kit: installed.kit, count: 5, now: NOW, caseNumbers: [], resourcesDir });
    expect(five.map(({ story }) => story)).toEqual(['good', 'good', 'changed-document', 'good', 'revoked']);
    expect(five.every(({ folder }) => !('case' in folder))).toBe(true);
  });

  it('sign a power of attorney by its giver and the rest by the representative', () => {
    const motion = twelve.find(({ folder }) => folder.representative)!;
    const signerOf = (role: string) => {
      verifyCms(documents.find((one) => one.filing === motion && one.role === role)!.path, 'trusted.pem');
      return new X509Certificate(readFileSync(installed.path('signer.pem'))).subject;
    };
    expect(signerOf('e_poa')).toContain(`IIN${motion.folder.parties[0]!.iin}`);
    expect(signerOf('motion_vcs')).toContain(`IIN${motion.folder.representative!.iin}`);
  });
});

describe('the signatures of the samples', () => {
  it('are all accepted by OpenSSL, except on the one document that was changed afterwards', () => {
    for (const { filing, path } of documents) {
      const judged = verifyCms(path, 'trusted.pem');
      const changed = filing.story === 'changed-document' && path === installed.path(filing.id, filing.folder.documents[0]!.file);
      if (changed) expect(judged.stderr).toContain('CMS_SignerInfo_verify_content:verification failure');
      else expect(judged.stderr, path).toContain('Verification successful');
    }
  });

  it('belong to a party or the representative, but for one filing', () => {
    for (const filing of all) {
      verifyCms(installed.path(filing.id, filing.folder.documents[0]!.file), 'trusted.pem');
      if (filing.story === 'changed-document') continue;
      const { subject } = new X509Certificate(readFileSync(installed.path('signer.pem')));
      const people = [...filing.folder.parties, ...(filing.folder.representative ? [filing.folder.representative] : [])];
      const isOne = people.some(({ iin, bin }) => (iin && subject.includes(`IIN${iin}`)) || (bin && subject.includes(`BIN${bin}`)));
      expect(isOne, filing.id).toBe(filing.story !== 'not-applicant');
    }
  });

  it('fall with the revoked certificate, and lack all revocation data with the second authority', () => {
    const main = (filing: SampleFiling) => installed.path(filing.id, filing.folder.documents[0]!.file);
    const checked = (filing: SampleFiling) => verifyCms(main(filing), 'trusted-with-crls.pem', '-crl_check_all').stderr;
    expect(checked(twelve[0]!)).toContain('Verification successful');
    expect(checked(story('not-applicant'))).toContain('Verification successful');
    expect(checked(story('revoked'))).toContain('certificate revoked');
    expect(checked(story('ocsp-unreachable'))).toContain('unable to get certificate CRL');
  });

  it('claim a time within the last three days and before the present', () => {
    for (const { path } of documents) {
      const shown = openssl(['cms', '-cmsout', '-print', '-inform', 'DER', '-in', `${path}.p7s`]);
      const claimed = Date.parse(/UTCTIME:(\w{3} +\d+ [\d:]+ \d{4} GMT)/.exec(shown)![1]!);
      expect(Date.parse(NOW) - claimed).toBeGreaterThan(0);
      expect(Date.parse(NOW) - claimed).toBeLessThanOrEqual(3 * 86_400_000 + 3_600_000);
    }
  });
});

describe('the verdict of the court on the samples', () => {
  it.each(POLICY_NAMES)('is what every story says, under the policy %s', async (name) => {
    const trust = await readTrustMaterial({
      anchors: [installed.path('trust/anchors')],
      certs: [installed.path('trust/certs')],
      crls: [installed.path('trust/crls')],
      ocsp: [],
    });
    const policy = await loadPolicy(resourcesDir, name);
    if (!trust.ok || !policy.ok) throw new Error('no trust or no policy');
    const subIndications: Record<string, unknown> = {};
    for (const filing of all) {
      const { file } = filing.folder.documents[0]!;
      const verified = await verifyFile({
        file: `${file}.p7s`,
        bytes: filing.files.get(`${file}.p7s`)!,
        content: contentFromBytes(filing.files.get(file)!),
        trust: trust.value,
        policy: policy.value,
        at: NOW,
      });
      expect(verified.ok && verified.value.report.overall, filing.id).toBe(filing.expectedVerdict);
      if (verified.ok) subIndications[filing.story] = verified.value.report.signatures[0]!.subIndication;
    }
    expect(subIndications).toEqual({
      good: null,
      'not-applicant': null,
      revoked: 'REVOKED_NO_POE',
      'ocsp-unreachable': 'TRY_LATER',
      'changed-document': 'HASH_FAILURE',
    });
  });
});

describe('the papers of the samples', () => {
  it('are sound PDFs with their fonts embedded', () => {
    for (const { path } of documents) {
      expect(spawnSync('qpdf', ['--check', path]).status, path).toBe(0);
      const fonts = tool('pdffonts', path).trim().split('\n').slice(2);
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) expect(font).toMatch(/Tinos.*Identity-H\s+yes yes yes/);
    }
  });

  it('have two or three pages when they are claims', () => {
    const claims = documents.filter(({ role }) => role === 'claim' || role === 'admin_claim');
    expect(claims.length).toBeGreaterThanOrEqual(4);
    for (const { path } of claims) expect([2, 3], path).toContain(pagesOf(path));
  });

  it('give all Kazakh letters back as text, and every brace is filled', () => {
    const texts = documents.map(({ path }) => textOf(path));
    for (const letter of 'ӘәҒғҚқҢңӨөҰұҮүҺһІі')
      expect(
        texts.some((text) => text.includes(letter)),
        letter,
      ).toBe(true);
    for (const text of texts) {
      expect(text).not.toMatch(/[{}]|undefined|NaN|\uFFFD/);
      expect(text).toContain('Оқу үлгісі, заңдық күші жоқ');
    }
  });

  it('name the parties, the case and the sums that the filing names', () => {
    for (const filing of all) {
      const main = filing.folder.documents[0]!;
      const text = textOf(installed.path(filing.id, main.file)).replace(/\s+/g, ' ');
      for (const party of filing.folder.parties) expect(text).toContain(party.iin ?? party.bin);
      if (filing.folder.case) expect(text).toContain(filing.folder.case);
      if (filing.folder.claimValue) {
        const whole = String(filing.folder.claimValue)
          .replace('.00', '')
          .replace(/\B(?=(\d{3})+$)/g, ' ');
        expect(text).toContain(`${whole} ${filing.folder.language === 'kk' ? 'теңге' : 'тенге'}`);
      }
    }
  });
});

describe('sample filings beyond twelve', () => {
  it('tell the good stories again with other people and sums', () => {
    const again = all.slice(12);
    expect(again).toHaveLength(8);
    for (const filing of again) {
      expect(filing).toMatchObject({ story: 'good', expectedVerdict: 'valid' });
      const first = twelve.find((one) => one.story === 'good' && one.folder.category === filing.folder.category)!;
      expect([filing.folder.parties.map(({ name }) => name), filing.folder.claimValue]).not.toEqual([
        first.folder.parties.map(({ name }) => name),
        first.folder.claimValue,
      ]);
    }
  });

  it('still pay exactly what is due', () => {
    for (const { folder } of all.filter(({ folder }) => folder.kind === 'claim')) {
      const share = folder.parties[0]!.bin ? 0.03 : 0.01;
      expect(Number(folder.payment!.amount)).toBeCloseTo(Number(folder.claimValue) * share, 2);
      expect(Number(folder.claimValue) % 1).toBe(0);
    }
  });
});
