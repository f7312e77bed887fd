import { describe, expect, it } from 'vitest';
import { der } from '../../../main/asn1/index.ts';
import { readCrl } from '../../../main/signature/revocation/read-crl.ts';
import { judgeNames } from '../../../main/signature/trust/judge-names.ts';
import { NO_POLICY_WANTED, processPolicies } from '../../../main/signature/trust/process-policies.ts';
import {
  alternativeNames,
  directoryName,
  dns,
  extensionOf,
  mappings,
  nameConstraints,
  pathOf,
  policies,
} from '../../support/forge-path.ts';

/** Nothing may hold the verifier longer than this. */
const LIMIT_MS = 20_000;
const MIB = 1024 * 1024;
const ALGORITHM = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.nullValue());

/** A list of copies of one entry, each with its number written at `at` when there is such a place. */
function listOf(count: number, entry: Uint8Array, at: number | null = null, extensions: readonly Uint8Array[] = []): Uint8Array {
  const entries = Buffer.alloc(entry.length * count);
  for (let i = 0; i < count; i++) {
    entries.set(entry, i * entry.length);
    if (at !== null) entries.writeUInt32BE(0x10000000 + i, i * entry.length + at);
  }
  const tbs = der.sequence(
    der.integer(1),
    ALGORITHM,
    der.sequence(),
    der.time('2026-01-01T00:00:00Z'),
    der.raw(0x30, entries),
    ...(extensions.length > 0 ? [der.explicit(0, der.sequence(...extensions))] : []),
  );
  return der.sequence(tbs, ALGORITHM, der.bitString(new Uint8Array(256)));
}
const reason = (code: number) => der.sequence(der.sequence(der.oid('2.5.29.21'), der.octetString(der.enumerated(code))));
const INDIRECT = extensionOf('2.5.29.28', der.sequence(der.implicit(4, der.boolean(true))), true);

describe('revocation lists made to be costly', () => {
  it(
    '20 MB with 400 000 entries take less than 64 MiB besides themselves',
    () => {
      const serial = der.integer(Buffer.from(`10000000${'5a'.repeat(12)}`, 'hex'));
      const list = listOf(400_000, der.sequence(serial, der.time('2026-01-01T00:00:00Z'), reason(1)), 4);
      const before = process.memoryUsage();
      const crl = readCrl(list);
      const found = crl?.entries.find(`${(0x10000000 + 399_999).toString(16)}${'5a'.repeat(12)}`, '');
      const after = process.memoryUsage();
      expect([crl?.entries.count, found?.reason, crl?.entries.find('0fffffff', '')]).toEqual([400_000, 1, null]);
      const taken = after.arrayBuffers - before.arrayBuffers + Math.max(0, after.heapTotal - before.heapTotal);
      expect(taken / MIB).toBeLessThan(64);
    },
    LIMIT_MS,
  );

  it(
    '400 000 entries of one number',
    () => {
      const crl = readCrl(listOf(400_000, der.sequence(der.integer(7), der.time('2026-01-01T00:00:00Z'))));
      expect([crl?.entries.count, crl?.entries.find('07', '')?.reason, crl?.entries.find('08', '')]).toEqual([400_000, null, null]);
    },
    LIMIT_MS,
  );

  it(
    '100 000 entries that each name an issuer',
    () => {
      const issuer = der.sequence(der.oid('2.5.29.29'), der.boolean(true), der.octetString(der.sequence(directoryName('CN=CA'))));
      const entry = der.sequence(der.integer(0x10000000), der.time('2026-01-01T00:00:00Z'), der.sequence(issuer));
      const crl = readCrl(listOf(100_000, entry, 4, [INDIRECT]));
      expect([crl?.unknownCritical, crl?.entries.namesIssuers, crl?.entries.find('10000005', '')]).toEqual([false, true, null]);
      expect(crl?.entries.find('10000005', JSON.stringify(['2.5.4.3=ca']))).not.toBeNull();
    },
    LIMIT_MS,
  );

  it(
    'a long list in BER is not rewritten',
    () => {
      const list = listOf(400_000, der.sequence(der.integer(7), der.time('2026-01-01T00:00:00Z')));
      const inside = list.subarray(5);
      const indefinite = Buffer.concat([Uint8Array.of(0x30, 0x80), inside, Uint8Array.of(0, 0)]);
      expect(list[1]).toBe(0x83);
      expect(readCrl(indefinite)).toBeNull();
      const short = listOf(10, der.sequence(der.integer(7), der.time('2026-01-01T00:00:00Z')));
      const header = (short[1] ?? 0) & 0x80 ? 2 + ((short[1] ?? 0) & 0x7f) : 2;
      expect(readCrl(Buffer.concat([Uint8Array.of(0x30, 0x80), short.subarray(header), Uint8Array.of(0, 0)]))?.entries.count).toBe(10);
    },
    LIMIT_MS,
  );
});

describe('paths made to be costly', () => {
  it(
    'authorities with as many name constraints as fit, and a certificate with as many names',
    () => {
      const names = Array.from({ length: 9_000 }, (_, i) => dns(`h${i}.court.kz`));
      const authority = [nameConstraints({ permitted: names, excluded: [] })];
      const path = pathOf(...Array.from({ length: 10 }, () => authority), [alternativeNames(...names)]);
      expect(judgeNames(path)?.reason).toBe('name-constraints-too-many');
    },
    LIMIT_MS,
  );

  it(
    'authorities with as many policies and mappings as fit',
    () => {
      const names = Array.from({ length: 3_000 }, (_, i) => `p.${i}`);
      const pairs = names.flatMap((name, i) => [[name, name] as const, [name, names[(i + 1) % names.length]!] as const]);
      const level = [policies(...names), mappings(...pairs)];
      const path = pathOf(...Array.from({ length: 10 }, () => level), [policies('p.5')]);
      const wanted = { ...NO_POLICY_WANTED, requireExplicitPolicy: true };
      expect(processPolicies(path, wanted)).toBeNull();
      expect(processPolicies(path, { ...wanted, initialPolicies: new Set(['1.2.3']) })?.reason).toBe('policy-required');
    },
    LIMIT_MS,
  );
});
