import { cpSync, appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { finishWork, pull, viewFiling } from '../../../main/core/index.ts';
import { readTalon } from '../../../main/registration/index.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

/** The resources with one more kind, as an office adds it: its names and one entry; nothing else. */
function withKind(): string {
  const dir = tempDir();
  cpSync('resources', dir, { recursive: true });
  const names = path.join(dir, 'reference/document_types.csv');
  appendFileSync(names, 'class_action,civil,Групповой иск,Топтық талап қою,Class action,test,high\n');
  const file = path.join(dir, 'reference/kind-rules.json');
  const rules = JSON.parse(readFileSync(file, 'utf8')) as { kinds: Record<string, object> };
  rules.kinds['class_action'] = {
    ...{ registering: 'opens-case', typeIndex: '2', term: 'gpk.claim.accept', filer: 'claimant' },
    ...{ ruling: 'ruling-accept', procedure: 'civil', form: 'claim', duty: 'claim', checklists: ['gpk_148_content'], pretrial: null },
  };
  writeFileSync(file, JSON.stringify(rules));
  return dir;
}

it('a kind that is added as data is taken in, checked, registered and given a talon without a line of program', async () => {
  const office = await trainingOffice({ now: '2026-11-19T06:00:00Z', desk: { resourcesDir: withKind() } });
  try {
    must(await pull(office.desk));
    const secretary = await signInAs(office, 'secretary');
    const { folder, files } = sampleOf(office, 'good', 'claim');
    const id = await arrive(office, { folder: { ...structuredClone(folder), kind: 'class_action' }, files });
    const shown = viewFiling(office.desk, id, 'secretary')!;
    expect(shown.anomalies.map(({ rule }) => rule)).toEqual([]);
    expect(shown).toMatchObject({ kind: 'class_action', dueAt: '2026-11-26T19:00:00Z', duty: { due: '12500.00', paid: '12500.00' } });
    expect(shown.contents.map(({ code }) => code)).toContain('148.2.7');
    expect(must(register(office, id, secretary)).caseNumber).toMatch(/^9900-26-00-2\//);
    must(await finishWork(office.desk));
    expect(must(readTalon(office.desk.registration, id)).incomingNumber).toMatch(/^9900-26-/);
    const content = office.desk.store.read.get<{ content: string }>('SELECT content FROM talon WHERE filing_id = ?', id)!;
    expect(JSON.parse(content.content)).toMatchObject({ kindNameKk: 'Топтық талап қою', kindNameRu: 'Групповой иск' });
  } finally {
    await office.close();
  }
});
