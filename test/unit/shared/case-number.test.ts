import { describe, expect, it } from 'vitest';
import { formatCaseNumber, formatIncomingNumber, parseCaseNumber } from '../../../shared/domain/case-number.ts';

describe('case numbers', () => {
  it.each([
    ['9900-26-00-2/17', '9900', '2', 17, null],
    ['6294-25-00-4/215', '6294', '4', 215, null],
    ['6003-25-00-4К/1454(2)', '6003', '4к', 1454, 2],
    [' 7528-23-00-3/41432 ', '7528', '3', 41432, null],
  ])('reads %s', (text, court, typeIndex, sequence, repeat) => {
    expect(parseCaseNumber(text)).toMatchObject({ court, typeIndex, sequence, repeat });
  });

  it.each(['', '9900-26-2/17', '9900-26-00-2/', '990-26-00-2/1', '9900-26-00-2/17; DROP TABLE filing', '9900-26-00-2x/17'])(
    'does not read %j',
    (text) => {
      expect(parseCaseNumber(text)).toBeNull();
    },
  );

  it('writes what it reads', () => {
    const text = formatCaseNumber({ court: '9900', year: '26', typeIndex: '2а', sequence: 5 });
    expect(text).toBe('9900-26-00-2а/5');
    expect(parseCaseNumber(text)).toMatchObject({ court: '9900', year: '26', typeIndex: '2а', sequence: 5 });
    expect(formatIncomingNumber('9900', '26', 17)).toBe('9900-26-000017');
  });
});
