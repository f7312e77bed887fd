import { afterAll, beforeAll, expect, it } from 'vitest';
import { pull, viewFiling } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { readForHead } from '../../../main/office/index.ts';
import { overrideFinding, registerFiling } from '../../../main/registration/index.ts';
import { tickChecks } from '../../support/desk/tick-checks.ts';
import { arrive, must, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
let head: string;
beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
  head = await signInAs(office, 'office-head');
});
afterAll(() => office.close());

/** A claim whose main document is a program. */
function hostile() {
  const { folder } = sampleOf(office, 'good', 'claim');
  const copy = structuredClone(folder);
  copy.documents.splice(1);
  copy.documents[0]!.signatures = [];
  const program = Buffer.alloc(128);
  program.write('MZ', 0, 'latin1');
  program.writeUInt32LE(64, 60);
  program.write('PE\0\0', 64, 'latin1');
  return { folder: copy, files: new Map([[copy.documents[0]!.file, new Uint8Array(program)]]) };
}
const found = (id: string) => viewFiling(office.desk, id, 'secretary')!.anomalies;
const program = (id: string) => found(id).find(({ rule }) => rule === 'document-program')!;
const seen = (id: string, actor: string) => ({ id, revision: readFiling(office.desk.store.read, id)!.revision, actor });
const override = (id: string, finding: string, role: 'secretary' | 'office-head') =>
  overrideFinding(
    office.desk.registration,
    { ...seen(id, role === 'secretary' ? secretary : head), role },
    { finding, reason: 'read on paper' },
  );

it('what is fatal here is not answered by a word that another desk gave on something less; the head’s word takes its place', async () => {
  const id = await arrive(office, hostile());
  for (const { id: finding, severity } of found(id)) if (severity === 'error') must(override(id, finding, 'secretary'));
  const { id: finding, rule, severity } = program(id);
  expect(severity).toBe('fatal');
  const state = must(await office.desk.client.filingState(id))!;
  const word = { finding, rule, severity: 'error', by: secretary, at: '2026-11-20T04:00:00.000Z', reason: 'no harm in it' };
  const adopt = (...overrides: object[]) =>
    office.desk.store.write((tx) => office.desk.adopt(tx, { ...state, overrides: overrides as NonNullable<typeof state.overrides> }));
  const register = () => {
    if (!readFiling(office.desk.store.read, id)!.flagged) tickChecks(office.desk, id, secretary);
    return registerFiling(office.desk.registration, seen(id, secretary), { joinsCase: null });
  };
  adopt(word);
  expect(program(id).override).toBeNull();
  expect(readForHead(office.desk.store.read).map(({ filingId }) => filingId)).toContain(id);
  expect(register()).toMatchObject({ ok: false, error: { code: 'head-decides' } });

  must(override(id, finding, 'office-head'));
  expect(program(id).override).toMatchObject({ reason: 'read on paper' });
  adopt(word);
  expect(program(id).override).toMatchObject({ reason: 'read on paper' });
  must(register());
});

it('takes the head’s word of another desk in place of a lesser one', async () => {
  const id = await arrive(office, hostile());
  const { id: finding, rule } = program(id);
  const state = must(await office.desk.client.filingState(id))!;
  const at = '2026-11-20T04:00:00.000Z';
  for (const [severity, by, reason] of [
    ['error', secretary, 'no harm in it'],
    ['fatal', head, 'never opened'],
    ['fatal', secretary, 'a second word'],
  ] as const)
    office.desk.store.write((tx) => office.desk.adopt(tx, { ...state, overrides: [{ finding, rule, severity, by, at, reason }] }));
  expect(program(id).override).toMatchObject({ reason: 'never opened' });
});
