import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  admitEncoding,
  attempt,
  childrenOf,
  contentOf,
  der,
  Members,
  readBoolean,
  readInteger,
  readNamedBits,
  readOid,
  readSmallInteger,
  readTime,
  readTlv,
  readWhole,
  surveyEncoding,
  TAG,
  toHex,
} from '../../../main/asn1/index.ts';

const bytes = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex');
const read = <T>(hex: string, reader: (tlv: ReturnType<typeof readWhole>) => T): T | null => attempt(() => reader(readWhole(bytes(hex))));

describe('reading DER', () => {
  it('reads what the writer writes', () => {
    const written = der.sequence(
      der.integer(-129),
      der.oid('2.999.3'),
      der.boolean(true),
      der.octetString(Buffer.from('x')),
      der.time('2049-12-31T23:59:59Z'),
    );
    const members = new Members(readWhole(written));
    expect(readInteger(members.next())).toBe(-129n);
    expect(readOid(members.next())).toBe('2.999.3');
    expect(readBoolean(members.next())).toBe(true);
    expect(toHex(contentOf(members.next(TAG.octetString)))).toBe('78');
    expect(readTime(members.next())).toBe(Date.parse('2049-12-31T23:59:59Z'));
    expect(() => members.done()).not.toThrow();
    expect(attempt(() => members.next())).toBeNull();
  });

  it.each([
    ['a length past the end', '0405 00'],
    ['an indefinite length', '2480 0000'],
    ['a length of five octets', '0485 0000000001 00'],
    ['no length', '04'],
    ['trailing bytes', '0400 00'],
    ['a high tag that never ends', '1fffffff'],
  ])('%s is refused', (_, hex) => expect(read(hex, (tlv) => tlv)).toBeNull());

  it.each([
    ['1.2.840.113549.1.7.2', '0609 2a864886f70d010702'],
    ['2.5.29.15', '0603 551d0f'],
    ['0.9.2342.19200300.100.1.1', '060a 0992268993f22c640101'],
  ])('reads the identifier %s', (oid, hex) => expect(read(hex, readOid)).toBe(oid));

  it.each([
    ['an empty identifier', '0600'],
    ['an identifier cut in the middle of an arc', '0602 2a86'],
    ['an identifier of 65 octets', `0641 ${'01'.repeat(65)}`],
  ])('%s is refused', (_, hex) => expect(read(hex, readOid)).toBeNull());

  it('reads small integers and refuses large and negative ones', () => {
    expect([read('0201 7f', readSmallInteger), read('0204 7fffffff', readSmallInteger)]).toEqual([127, 0x7fffffff]);
    for (const hex of ['0200', '0201 80', '0205 0100000000']) expect(read(hex, readSmallInteger), hex).toBeNull();
  });

  it('reads named bits', () => {
    expect(read('0302 06c0', readNamedBits)).toEqual(new Set([0, 1]));
    expect(read('0303 0703c8', readNamedBits)).toEqual(new Set([6, 7, 8, 9, 12]));
    expect(read('0301 09', readNamedBits)).toBeNull();
  });

  it.each([
    ['1950-01-01T00:00:00Z', `170d${toHex(Buffer.from('500101000000Z'))}`],
    ['2049-06-30T12:00:00Z', `170d${toHex(Buffer.from('490630120000Z'))}`],
    ['9999-12-31T23:59:59Z', `180f${toHex(Buffer.from('99991231235959Z'))}`],
    ['0099-03-01T00:00:00Z', `180f${toHex(Buffer.from('00990301000000Z'))}`],
  ])('reads the time %s', (instant, hex) => expect(read(hex, readTime)).toBe(Date.parse(instant.replace(/^00/, '+0000'))));

  it.each(['490230120000Z', '491330120000Z', '490630250000Z', '490630120060Z', '4906301200Z', '490630120000+0500', '49063012000aZ'])(
    'refuses the time %s',
    (text) =>
      expect(
        attempt(() => readTime(readTlv(Buffer.concat([Uint8Array.of(0x17, text.length), Buffer.from(text)]), 0, text.length + 2))),
      ).toBeNull(),
  );
});

describe('admitting encodings from outside', () => {
  it('DER passes as it is, with what follows it apart', () => {
    const admitted = admitEncoding(bytes('3003 020105 ffff'));
    expect([toHex(admitted!.der), toHex(admitted!.trailing)]).toEqual(['3003020105', 'ffff']);
  });

  it.each([
    ['an indefinite length', '3080 020105 0000', '3003020105'],
    ['indefinite lengths inside each other', '3080 3080 020105 0000 0000', '30053003020105'],
    ['a padded length', '3081 03 020105', '3003020105'],
    ['a length padded with zeros', '30840000 0003 020105', '3003020105'],
    ['a string in pieces', '2480 04026162 040163 0000', '0403616263'],
    ['a string in pieces of pieces', '240b 2405 0401610400 04026263', null],
    ['a bit string in pieces', '2308 0302 0061 0302 0462', '030304 6162'.replace(' ', '')],
    ['an empty string in no pieces', '2480 0000', '0400'],
  ])('%s becomes DER', (_, ber, expected) => {
    const admitted = admitEncoding(bytes(ber));
    expect(admitted && toHex(admitted.der)).toBe(expected === null ? '0403616263' : expected);
  });

  it.each([
    ['nothing', ''],
    ['one octet', '30'],
    ['a length past its parent', '3003 020205'],
    ['an end without a beginning', '3002 0000'],
    ['an indefinite length that never ends', '3080 020105'],
    ['an indefinite primitive', '0480 0000'],
    ['a length of nine octets', `0489 ${'00'.repeat(8)}01 00`],
    ['pieces of another type', '2403 020105'],
    ['a bit string with unused bits in its middle', '2308 0302 0461 0302 0062'],
    ['an empty identifier', '3002 0600'],
    ['an identifier of 65 octets', `3043 0641 ${'01'.repeat(65)}`],
    ['a tag of five octets', '3f8080808001 00'],
  ])('%s is refused', (_, hex) => expect(admitEncoding(bytes(hex))).toBeNull());

  it('depth and count are bounded, and inside an exempted element only the depth is', () => {
    const nest = (depth: number): Uint8Array => (depth === 0 ? der.nullValue() : der.sequence(nest(depth - 1)));
    expect(surveyEncoding(nest(48))).not.toBeNull();
    expect(surveyEncoding(nest(49))).toBeNull();
    const wide = (count: number) => der.sequence(...Array.from({ length: count }, () => der.nullValue()));
    const limits = { depth: 48, nodes: 100 };
    expect(surveyEncoding(wide(99), limits)).not.toBeNull();
    expect(surveyEncoding(wide(100), limits)).toBeNull();
    const exempt = { ...limits, exempt: (depth: number) => depth === 1 };
    expect(surveyEncoding(der.sequence(wide(500)), exempt)).not.toBeNull();
    expect(surveyEncoding(der.sequence(wide(500), ...Array.from({ length: 100 }, () => der.nullValue())), exempt)).toBeNull();
  });

  it('OpenSSL reads the same members out of the rewritten bytes', () => {
    const ber = bytes('3080 2480 04026162 040163 0000 a080 020105 0000 0000');
    const rewritten = admitEncoding(ber)!.der;
    const parse = (input: Uint8Array) => execFileSync('openssl', ['asn1parse', '-inform', 'DER'], { input }).toString();
    expect(parse(rewritten)).toMatch(/OCTET STRING\s+:abc[\s\S]*INTEGER\s+:05/);
    expect(childrenOf(readWhole(rewritten))).toHaveLength(2);
  });
});
