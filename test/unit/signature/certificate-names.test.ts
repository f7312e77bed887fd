import { describe, expect, it } from 'vitest';
import { der, readWhole } from '../../../main/asn1/index.ts';
import { readName } from '../../../main/signature/certificates/distinguished-name.ts';
import { serialHex } from '../../../main/signature/certificates/read-certificate.ts';
import { rdnOf } from '../../support/forge-path.ts';

const pair = (value: Uint8Array) => der.sequence(der.oid('2.5.4.3'), value);
const keyOf = (...rdns: readonly Uint8Array[]) => readName(readWhole(der.sequence(...rdns))).key;
const named = (value: Uint8Array) => keyOf(der.set(pair(value)));
const utf16 = (text: string) => der.raw(0x1e, Buffer.from(text, 'utf16le').swap16());
const utf32 = (text: string) =>
  der.raw(0x1c, Buffer.concat(Array.from(text, (letter) => Buffer.from([0, 0, letter.charCodeAt(0) >> 8, letter.charCodeAt(0) & 255]))));

describe('two names are one', () => {
  it.each<[string, Uint8Array, Uint8Array]>([
    ['in other letters', der.utf8String('Ұлттық Орталық'), der.utf8String('ұЛТТЫҚ оРТАЛЫҚ')],
    ['with other spaces', der.utf8String('  Test \t  CA '), der.utf8String('test ca')],
    ['with a space that does not break', der.utf8String('Test\u00a0CA'), der.utf8String('Test CA')],
    ['as another string type', der.printableString('Test CA'), utf16('Test CA')],
    ['as the widest string type', der.utf8String('Тест'), utf32('Тест')],
    ['composed or not', der.utf8String('й'), der.utf8String('и\u0306')],
    ['with marks nobody sees', der.utf8String('Test\u00ad\u200d\ufeff CA'), der.utf8String('Test CA')],
    ['as compatible letters', der.utf8String('ﬁ Ａ'), der.utf8String('fi a')],
    ['with a final sigma', der.utf8String('ΣΑΣ'), der.utf8String('σας')],
  ])('%s', (_, a, b) => expect(named(a)).toBe(named(b)));

  it('with the pairs of a part in another order', () => {
    const [a, b] = [pair(der.utf8String('A')), der.sequence(der.oid('2.5.4.10'), der.utf8String('B'))];
    expect(keyOf(der.raw(0x31, a, b))).toBe(keyOf(der.raw(0x31, b, a)));
  });
});

describe('two names are two', () => {
  it.each<[string, Uint8Array, Uint8Array]>([
    ['with another letter that looks alike', der.utf8String('Тест'), der.utf8String('Tecт')],
    ['with a space more inside a word', der.utf8String('Test CA'), der.utf8String('TestCA')],
    ['when one is no text', der.utf8String('1'), der.integer(1)],
    ['with a dotless i', der.utf8String('ı'), der.utf8String('i')],
  ])('%s', (_, a, b) => expect(named(a)).not.toBe(named(b)));

  it('with parts in another order, or one part of two instead of two', () => {
    const [a, b] = [rdnOf('CN=A'), rdnOf('O=B')];
    expect(keyOf(a, b)).not.toBe(keyOf(b, a));
    const both = der.set(pair(der.utf8String('A')), der.sequence(der.oid('2.5.4.10'), der.utf8String('B')));
    expect(keyOf(a, b)).not.toBe(keyOf(both));
  });
});

it('a serial number is the number, not its octets: 255 and -1 are two', () => {
  const shown = (...octets: readonly number[]) => serialHex(readWhole(der.raw(0x02, Uint8Array.from(octets))));
  expect([shown(0x00, 0xff), shown(0xff), shown(0x00), shown(0x00, 0x01), shown(0x01), shown(0x80), shown(0xff, 0x00)]).toEqual([
    'ff',
    '-01',
    '00',
    '01',
    '01',
    '-80',
    '-0100',
  ]);
});
