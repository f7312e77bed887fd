import { describe, expect, it } from 'vitest';
import { parseTalonQr, talonQrPayload, talonQrText, type TalonFacts } from '../../../shared/domain/talon.ts';

const KEY_ID = '0123456789abcdef';
const SIGNATURE = 'Aa0_-'.repeat(17) + 'x';
const FACTS: TalonFacts = {
  court: '9900',
  incomingNumber: '9900-26-000017',
  caseNumber: '9900-26-00-2/17',
  joinsCase: null,
  cabinetNumber: '260000000017',
  kind: 'claim',
  receivedAt: '2026-11-20T12:42:05.125Z',
  registeredAt: '2026-11-21T04:31:07Z',
  verdict: 'valid',
  documents: 4,
};

describe('the text of a talon QR', () => {
  it('gives back every fact, whatever the numbers and the kind are', () => {
    const cases: TalonFacts[] = [
      FACTS,
      { ...FACTS, caseNumber: null, joinsCase: '6003-25-00-4к/1454(2)', verdict: 'undecided' },
      { ...FACTS, caseNumber: null, joinsCase: null, kind: 'түрі: белгісіз / 100%', verdict: 'invalid', documents: 0 },
      { ...FACTS, verdict: 'unsigned', documents: 1000, receivedAt: '2026-01-01T00:00:00.000Z' },
    ];
    for (const facts of cases) {
      const read = parseTalonQr(talonQrText(facts, KEY_ID, SIGNATURE));
      expect(read).toEqual({ ...facts, keyId: KEY_ID, payload: talonQrPayload(facts, KEY_ID), signature: SIGNATURE });
    }
  });

  it('is short ASCII that begins with its name and version', () => {
    const text = talonQrText({ ...FACTS, joinsCase: null }, KEY_ID, SIGNATURE);
    expect(text).toMatch(/^KENSE1:/);
    expect(text.length).toBeLessThanOrEqual(220);
    expect(talonQrText({ ...FACTS, joinsCase: '6003-25-00-4к/1454(2)' }, KEY_ID, SIGNATURE)).toMatch(/^[\x21-\x7e]+$/);
  });

  it('tolerates the white space a reader or a copy adds around it', () => {
    expect(parseTalonQr(` ${talonQrText(FACTS, KEY_ID, SIGNATURE)}\r\n`)?.incomingNumber).toBe('9900-26-000017');
  });

  it('reads nothing that it would not have written', () => {
    const text = talonQrText(FACTS, KEY_ID, SIGNATURE);
    const others = [
      '',
      'https://office.sud.kz',
      text.replace('KENSE1', 'KENSE2'),
      text.replace(':V:', ':X:'),
      text.slice(0, -1),
      `${text}A`,
      text.replace('claim', 'cl%61im'),
      text.replace(':4:', ':04:'),
      text.replace('9900-26-000017', ''),
      text.replace(KEY_ID, KEY_ID.toUpperCase()),
      text.replace('20261121T', '20261199x'),
      text.replace('claim', 'claim%'),
      text.replace(':V:', ':V::'),
      'K'.repeat(5000),
    ];
    for (const other of others) expect(parseTalonQr(other), other.slice(0, 60)).toBeNull();
  });
});
