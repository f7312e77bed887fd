import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as der from '../../../main/asn1/write-der.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const parse = (bytes: Uint8Array) => execFileSync('openssl', ['asn1parse', '-inform', 'DER'], { input: bytes, encoding: 'utf8' });

describe('the DER writer', () => {
  it('writes integers in the fewest octets, of either sign', () => {
    expect([0, 127, 128, 255, 256, -1, -128, -129].map((n) => hex(der.integer(n)))).toEqual([
      '020100',
      '02017f',
      '02020080',
      '020200ff',
      '02020100',
      '0201ff',
      '020180',
      '0202ff7f',
    ]);
  });

  it('writes the bytes of a serial number as a positive number', () => {
    expect(hex(der.integer(Uint8Array.of(0, 0, 0x80, 1)))).toBe('0203008001');
    expect(hex(der.integer(Uint8Array.of(0x7f)))).toBe('02017f');
    expect(hex(der.integer(new Uint8Array(0)))).toBe('020100');
  });

  it('writes any integer as OpenSSL reads it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (n) => {
        const sign = n < 0n ? '-' : '';
        const digits = (n < 0n ? -n : n).toString(16).toUpperCase();
        expect(parse(der.integer(n))).toContain(`:${sign}${digits.length % 2 ? '0' : ''}${digits}\n`);
      }),
      { numRuns: 15 },
    );
  });

  it('writes Kazakh object identifiers and arcs longer than seven bits', () => {
    expect(hex(der.oid('1.2.840.113549.1.1.11'))).toBe('06092a864886f70d01010b');
    expect(parse(der.oid('1.2.398.3.3.4.1.2.1'))).toContain('OBJECT            :1.2.398.3.3.4.1.2.1');
    expect(parse(der.oid('2.999.4294967296'))).toContain(':2.999.4294967296');
  });

  it.each(['', '1', '1.40.1', '3.1', '1.2.', '1.02', 'a.b'])('refuses %j as an object identifier', (text) => {
    expect(() => der.oid(text)).toThrow('not an object identifier');
  });

  it('sorts the elements of a set by their encodings', () => {
    expect(hex(der.set(der.integer(300), der.integer(2), der.integer(1)))).toBe('310a020101020102' + '0202012c');
  });

  it('chooses UTCTime up to 2049 and GeneralizedTime from 2050, in whole seconds', () => {
    expect(Buffer.from(der.time('2026-11-21T10:00:00.999Z')).toString('latin1').slice(2)).toBe('261121100000Z');
    expect(der.time('2049-12-31T23:59:59Z')[0]).toBe(0x17);
    expect(Buffer.from(der.time('2050-01-01T00:00:00Z')).toString('latin1')).toBe('\x18\x0f20500101000000Z');
    expect(() => der.time('yesterday')).toThrow('not an instant');
  });

  it('writes named bits without trailing zeros', () => {
    expect(hex(der.namedBits([0, 1]))).toBe('030206c0');
    expect(hex(der.namedBits([5, 6]))).toBe('03020106');
    expect(hex(der.namedBits([0, 8]))).toBe('0303078080');
    expect(hex(der.namedBits([]))).toBe('030100');
  });

  it('keeps an implicit tag constructed or primitive as the element was', () => {
    expect(hex(der.implicit(0, der.set(der.nullValue())))).toBe('a0020500');
    expect(hex(der.implicit(6, der.ia5String('a')))).toBe('860161');
    expect(hex(der.explicit(0, der.integer(2)))).toBe('a003020102');
  });

  it('refuses letters that a string type does not hold', () => {
    expect(() => der.printableString('Әділ')).toThrow('PrintableString');
    expect(() => der.printableString('a@b')).toThrow('PrintableString');
    expect(() => der.ia5String('ө')).toThrow('IA5String');
    expect(parse(der.utf8String('Әділ Қоңыр'))).toContain('UTF8STRING');
  });

  it.each([0, 127, 128, 255, 256, 65_535, 65_536])('writes the length of %i octets', (length) => {
    const element = der.octetString(new Uint8Array(length));
    expect(parse(element)).toMatch(new RegExp(`l= *${length} prim: OCTET STRING`));
  });
});
