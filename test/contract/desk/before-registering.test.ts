import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pull } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { lookBeforeRegistering, registerFiling } from '../../../main/registration/index.ts';
import type { FilingFolder } from '../../../shared/registry/index.ts';
import { tickChecks } from '../../support/desk/tick-checks.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
});
afterAll(() => office.close());

const record = (id: string) => readFiling(office.desk.store.read, id)!;
const look = (id: string, search = '') => lookBeforeRegistering(office.desk.store.read, office.desk.reference, record(id), search);
const claim = () => sampleOf(office, 'good', 'claim');
type Party = FilingFolder['parties'][number];

/** A claim of people that no other filing knows; other bytes unless they are given. */
let made = 0;
function claimOf(parties: readonly Party[], bytes?: Uint8Array) {
  const { folder, files } = claim();
  const [main, ...rest] = folder.documents;
  const own = bytes ?? new Uint8Array([...files.get(main!.file)!, ...new TextEncoder().encode(`\n% ${made++}`)]);
  return {
    folder: { ...folder, parties: [...parties], documents: [{ ...main!, file: 'own.pdf', signatures: [] }, ...rest] },
    files: new Map([...files, ['own.pdf', own]]),
  };
}
const people = (n: number): Party[] => [
  { side: 'claimant', type: 'person', name: `Талапкер ${n}`, iin: `87013140${String(n).padStart(4, '0')}` },
  { side: 'respondent', type: 'person', name: `Жауапкер ${n}`, iin: `90013140${String(n).padStart(4, '0')}` },
];
const turned = (parties: readonly Party[]): Party[] =>
  parties.map((p) => ({ ...p, side: p.side === 'claimant' ? 'respondent' : 'claimant' }));

describe('before a number is bound', () => {
  it('the open case of the same people is proposed, whichever side they are on now', async () => {
    const opener = await arrive(office, claimOf(people(1)));
    const { caseNumber } = must(register(office, opener, secretary, 'form'));
    const motion = await arrive(office, {
      ...claimOf(turned(people(1))),
      folder: { ...claimOf(turned(people(1))).folder, kind: 'motion', documents: [] },
    });
    expect(look(motion).cases).toEqual([
      expect.objectContaining({ number: caseNumber, filingId: opener, why: 'same-parties', claimant: 'Талапкер 1' }),
    ]);
    const stranger = await arrive(office, claimOf(people(2)));
    expect(look(stranger).cases).toEqual([]);
  });

  it('a case is found by its number and by the name of a party, whatever letters it is typed with', async () => {
    const opener = await arrive(
      office,
      claimOf([{ side: 'claimant', type: 'person', name: 'Құдайберген Әсел', iin: null }, ...people(3).slice(1)]),
    );
    const { caseNumber } = must(register(office, opener, secretary, 'form'));
    const other = await arrive(office, claimOf(people(4)));
    for (const typed of ['кудайберген', 'ӘСЕЛ құдай', caseNumber!.slice(-6)])
      expect(look(other, typed).cases.map(({ number }) => number)).toContain(caseNumber);
    expect(look(other, 'кудайберген мұрат').cases).toEqual([]);
  });

  it('a registered filing with the same bytes, or of the same people and kind, stops the first try and not the one that has seen it', async () => {
    const bytes = new TextEncoder().encode('%PDF-1.4 бір құжат');
    const first = await arrive(office, claimOf(people(5), bytes));
    const sameBytes = await arrive(office, claimOf(people(6), bytes));
    const samePeople = await arrive(office, claimOf(people(5)));
    expect(look(sameBytes).duplicates).toEqual([]);
    must(register(office, first, secretary, 'form'));
    for (const [id, why] of [
      [sameBytes, 'same-bytes'],
      [samePeople, 'same-parties'],
    ] as const) {
      expect(look(id).duplicates).toEqual([
        expect.objectContaining({ filingId: first, why, incomingNumber: record(first).incomingNumber }),
      ]);
      tickChecks(office.desk, id, secretary);
      office.desk.store.write((tx) => tx.run('UPDATE filing SET flagged = 1 WHERE id = ?', id));
      const seen = () => ({ id, revision: record(id).revision, actor: secretary });
      expect(registerFiling(office.desk.registration, seen(), { joinsCase: null, seenDuplicates: [] })).toMatchObject({
        ok: false,
        error: { code: 'duplicate-found', params: { number: record(first).incomingNumber } },
      });
      expect(record(id).incomingNumber).toBeNull();
      must(registerFiling(office.desk.registration, seen(), { joinsCase: null, seenDuplicates: [first] }));
    }
  });
});
