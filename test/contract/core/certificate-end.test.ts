import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificateEnd, tellCertificateEnd } from '../../../main/core/certificate-end.ts';
import { openStore, type Store } from '../../../main/store/index.ts';
import { makeCertificate } from '../../support/registry/person.ts';
import { tempDir } from '../../support/temp-dir.ts';

const DAY_MS = 86_400_000;
const pem = readFileSync(makeCertificate().pem, 'utf8');
const parsed = new X509Certificate(pem);
const sha256 = parsed.fingerprint256.replaceAll(':', '').toLowerCase();
const ends = Date.parse(parsed.validTo);
const validUntil = new Date(ends).toISOString().replace('.000Z', 'Z');
let now = ends;
let store: Store;
const desk = () => ({ store, config: { clock: () => new Date(now).toISOString() } });
const daysBefore = (days: number) => (now = ends - days * DAY_MS);

beforeEach(() => {
  const opened = openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(7));
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
  listed('clerk', [pem]);
});
afterEach(() => store.close());

const listed = (id: string, certificates: readonly string[]) =>
  store.write((tx) =>
    tx.run(
      'INSERT INTO app_user (id, name, roles, certificates, active) VALUES (?, ?, ?, ?, 1)',
      id,
      id,
      '[]',
      JSON.stringify(certificates),
    ),
  );

describe('the end of a certificate', () => {
  it('is counted in whole days, below 0 once it is over', () => {
    for (const [days, left] of [
      [30, 30],
      [6.5, 6],
      [0.5, 0],
      [-0.5, -1],
    ] as const) {
      daysBefore(days);
      expect(certificateEnd(desk(), 'clerk', sha256)).toMatchObject({ daysLeft: left });
    }
  });

  it('is not known when the key may show one of several, when it showed one that is not listed, and of nobody', () => {
    listed('judge', [pem, readFileSync(makeCertificate('P-256').pem, 'utf8')]);
    expect(certificateEnd(desk(), 'clerk', null)).not.toBeNull();
    expect(certificateEnd(desk(), 'judge', null)).toBeNull();
    expect(certificateEnd(desk(), 'judge', sha256)).not.toBeNull();
    expect(certificateEnd(desk(), 'clerk', 'f'.repeat(64))).toBeNull();
    expect(certificateEnd(desk(), 'nobody', null)).toBeNull();
  });

  it('is told from 30 days on, once a day and to each person', () => {
    listed('judge', [pem]);
    daysBefore(31);
    expect(tellCertificateEnd(desk(), 'clerk', sha256)).toBeNull();
    daysBefore(30);
    expect(tellCertificateEnd(desk(), 'clerk', sha256)).toEqual({ validUntil, daysLeft: 30 });
    expect(tellCertificateEnd(desk(), 'clerk', sha256)).toBeNull();
    expect(tellCertificateEnd(desk(), 'judge', sha256)).toEqual({ validUntil, daysLeft: 30 });
    daysBefore(29);
    expect(tellCertificateEnd(desk(), 'clerk', sha256)).toEqual({ validUntil, daysLeft: 29 });
  });
});
