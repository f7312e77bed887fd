import { describe, expect, it } from 'vitest';
import { identifySigner, matchSigner } from '../../../main/checking/index.ts';
import type { DocumentRecord } from '../../../main/intake/index.ts';
import type { KindRule } from '../../../main/reference/index.ts';
import type { SignerIdentity } from '../../../shared/domain/verdict.ts';
import { hasCheckDigit, withCheckDigit } from '../../../shared/domain/identifier.ts';
import type { FilingMessage } from '../../../shared/registry/index.ts';

const number = (eleven: string) => withCheckDigit(eleven)!;
const APPLICANT = number('87013140001');
const OTHER = number('99021450014');
const LAWYER = number('85050530012');
const COMPANY = number('01094000016');
const RIVAL = number('77124000003');
const WRONG = Array.from('0123456789', (digit) => `87013140001${digit}`).find((id) => !hasCheckDigit(id))!;

const CLAIM: KindRule = {
  registering: 'opens-case',
  typeIndex: '2',
  term: null,
  filer: 'claimant',
  duty: null,
  form: 'claim',
  checklists: [],
  pretrial: null,
  ruling: null,
  procedure: 'civil',
};
const EITHER: KindRule = { ...CLAIM, filer: 'any' };

type Change = { readonly parties?: FilingMessage['parties']; readonly representative?: FilingMessage['representative'] };
const filing = ({ parties, representative }: Change = {}) => ({
  message: {
    parties: parties ?? [
      { side: 'claimant', type: 'individual', iin: APPLICANT, name: 'Ғалымжанов Ә.' },
      { side: 'respondent', type: 'organisation', bin: RIVAL, name: '«Өркен» ЖШС' },
    ],
    representative: representative ?? null,
  } as FilingMessage,
});
const company = filing({ parties: [{ side: 'claimant', type: 'organisation', bin: COMPANY, name: '«Мысал» ЖШС' }] });
const signer = (change: Partial<SignerIdentity>): SignerIdentity => ({
  commonName: 'ҒАЛЫМЖАНОВ ӘДІЛЕТ',
  iin: null,
  bin: null,
  organisation: null,
  roles: ['individual'],
  issuer: 'CN=ҰКО',
  serial: '01',
  ...change,
});
const document = (id: string, role: string): DocumentRecord => ({
  id,
  position: 0,
  role,
  title: role === 'e_poa' ? 'Сенімхат' : 'Арыз',
  fileName: `${id}.pdf`,
  size: 1,
  sha256: id,
  state: 'stored',
  contentType: 'pdf',
  pages: 1,
  report: null,
  identity: null,
  annexId: null,
  signatures: [],
});
const papers = [document('claim', 'claim'), document('power', 'e_poa')];
const match = (
  who: Partial<SignerIdentity>,
  from = filing(),
  documents: readonly DocumentRecord[] = [],
  warnings: readonly string[] = [],
) => matchSigner(signer(who), warnings, from, documents, CLAIM);

describe('who the signer is in a filing', () => {
  it('is the applicant by IIN', () => {
    expect(match({ iin: APPLICANT })).toEqual({
      relation: 'applicant',
      items: [{ item: 'applicant-iin', matches: true }],
      forOrganisation: false,
      doubts: [],
      powerOfAttorney: null,
    });
  });

  it('is the applicant when the head of the applicant organisation signs with its key', () => {
    expect(match({ iin: OTHER, bin: COMPANY, roles: ['organisation', 'organisation-head'] }, company)).toEqual({
      relation: 'applicant',
      items: [{ item: 'applicant-bin', matches: true }],
      forOrganisation: true,
      doubts: [],
      powerOfAttorney: null,
    });
  });

  it.each(['organisation-employee', 'organisation-personnel', 'organisation-finance'])(
    'is the applicant organisation, with its authority to be looked at, when its %s signs',
    (role) => {
      const found = match({ iin: OTHER, bin: COMPANY, roles: [role] }, company);
      expect(found).toMatchObject({ relation: 'applicant', forOrganisation: true, doubts: ['employee'] });
    },
  );

  it('is the representative, with the paper that shows the authority at hand', () => {
    const from = filing({ representative: { iin: LAWYER, name: 'Әуесхан' } });
    expect(match({ iin: LAWYER }, from, papers)).toEqual({
      relation: 'representative',
      items: [
        { item: 'applicant-iin', matches: false },
        { item: 'representative-iin', matches: true },
        { item: 'power-of-attorney', matches: true },
      ],
      forOrganisation: false,
      doubts: [],
      powerOfAttorney: { documentId: 'power', title: 'Сенімхат', role: 'e_poa', signature: 'not-checked' },
    });
  });

  it('stays the representative without such a paper, and says that it is missing', () => {
    const from = filing({ representative: { iin: LAWYER, name: 'Әуесхан' } });
    const found = match({ iin: LAWYER }, from);
    expect(found).toMatchObject({ relation: 'representative', powerOfAttorney: null, doubts: ['no-power-of-attorney'] });
    expect(found.items).toContainEqual({ item: 'power-of-attorney', matches: false });
  });

  it('is somebody else when neither number agrees, whatever the name', () => {
    const found = match({ iin: OTHER, commonName: 'Ғалымжанов Ә.' }, filing({ representative: { iin: LAWYER, name: 'Әуесхан' } }), papers);
    expect(found.relation).toBe('other');
    expect(found.items.map(({ item, matches }) => [item, matches])).toEqual([
      ['applicant-iin', false],
      ['representative-iin', false],
      ['power-of-attorney', true],
    ]);
    expect(found.powerOfAttorney?.documentId).toBe('power');
  });

  it('is not the other side of the dispute where the kind is filed by one side, and is where either may', () => {
    expect(identifySigner(signer({ bin: RIVAL }), filing(), CLAIM)).toBe('other');
    expect(identifySigner(signer({ bin: RIVAL }), filing(), EITHER)).toBe('applicant');
  });

  it('is unknown without a number, and without a certificate', () => {
    expect(match({})).toMatchObject({ relation: 'unknown', doubts: ['iin-missing'] });
    expect(matchSigner(null, [], filing(), [], CLAIM)).toEqual({
      relation: 'unknown',
      items: [],
      forOrganisation: false,
      doubts: [],
      powerOfAttorney: null,
    });
  });
});

describe('what is doubtful about a signer', () => {
  it('warns of a wrong check digit and refuses nothing', () => {
    const from = filing({ parties: [{ side: 'claimant', type: 'individual', iin: WRONG, name: 'Ескі нөмір' }] });
    expect(match({ iin: WRONG }, from)).toMatchObject({ relation: 'applicant', doubts: ['iin-check-digit'] });
  });

  it('warns of an IIN that is missing or given twice, and still knows the organisation', () => {
    expect(match({ bin: COMPANY, roles: ['organisation-head'] }, company)).toMatchObject({
      relation: 'applicant',
      doubts: ['iin-missing'],
    });
    const twice = match({ bin: COMPANY, roles: ['organisation-head'] }, company, [], ['AMBIGUOUS_IIN']);
    expect(twice).toMatchObject({ relation: 'applicant', doubts: ['iin-ambiguous'] });
    expect(match({ iin: APPLICANT }, filing(), [], ['AMBIGUOUS_BIN']).doubts).toEqual(['bin-ambiguous']);
  });

  it('warns of a key that an employer gave, and of an information system', () => {
    expect(match({ iin: APPLICANT, bin: RIVAL, roles: ['organisation-employee'] })).toMatchObject({
      relation: 'applicant',
      forOrganisation: false,
      doubts: ['other-organisation'],
    });
    expect(match({ bin: COMPANY, iin: OTHER, roles: ['organisation-information-system'] }, company).doubts).toEqual(['information-system']);
  });
});
