import { describe, expect, it } from 'vitest';
import { loadReference } from '../../../main/reference/index.ts';

const reference = loadReference('resources');

describe('the reference data', () => {
  it('has a rule for every kind that the cabinet can send, and terms that exist', () => {
    const outgoing = /^(act_|writ$|minutes$|summons$|talon$|evidence$)/;
    for (const { id } of reference.documentTypes().filter((t) => !outgoing.test(t.id))) {
      const rule = reference.kindRule(id);
      expect(rule, id).not.toBeNull();
      if (rule!.registering === 'opens-case') expect(rule!.typeIndex, id).toMatch(/^\d[а-я]*$/);
    }
    expect(reference.termCourtDays('gpk.claim.accept')).toBe(5);
    expect(reference.termCourtDays('gpk.order.issue')).toBe(3);
  });

  it('keeps an unknown kind under its own name and knows that it does not know it', () => {
    expect(reference.kindRule('toString')).toBeNull();
    expect(reference.documentType('petition_of_2031')).toMatchObject({ nameKk: 'petition_of_2031', known: false });
  });
});
