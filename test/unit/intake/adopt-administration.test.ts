import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adoptPolicy, adoptUser, adoptWorkstation, readCourtPolicy } from '../../../main/intake/index.ts';
import { noteSuccess } from '../../../main/sync/index.ts';
import { openStore, type Store, type Writing } from '../../../main/store/index.ts';
import { COURT_POLICY } from '../../../shared/domain/court-policy.ts';
import { tempDir } from '../../support/temp-dir.ts';

const AT = '2026-11-21T10:00:00.000Z';
const [ADMIN, CLERK, DESK] = [1, 2, 3].map((n) => `01980000-0000-7000-8000-00000000000${n}`) as [string, string, string];
const clerk = { id: CLERK, name: 'Әлия Өмірбекова', iin: '870131400012', roles: ['secretary'], certificates: ['PEM'], active: true };

let store: Store;
beforeEach(() => {
  const opened = openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(7));
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
});
afterEach(() => store.close());

const journal = () =>
  store.read
    .all<{ actor: string | null; action: string; details: string }>('SELECT actor, action, details FROM journal ORDER BY seq')
    .map(({ details, ...entry }) => ({ ...entry, details: JSON.parse(details) as Record<string, unknown> }));
const adopt = (work: (tx: Writing) => void) => store.write(work);

describe('what the registry tells of people, workstations and rules', () => {
  it('a person changed by an administrator stands in the journal as before and as after, without name or IIN', () => {
    adopt((tx) => adoptUser(tx, clerk, AT));
    expect(journal()).toEqual([]); // the operator of the registry brought him
    adopt((tx) => adoptUser(tx, { ...clerk, name: 'Әлия Серікова', active: false, by: ADMIN }, AT));
    expect(journal()).toEqual([
      {
        actor: ADMIN,
        action: 'user.changed',
        details: {
          ...{ person: CLERK, changed: 'name' },
          ...{ before: 'active; certificates 1; secretary', after: 'revoked; certificates 1; secretary' },
        },
      },
    ]);
    expect(JSON.stringify(journal())).not.toMatch(/Әлия|870131400012/);
    expect(store.read.get('SELECT name, active FROM app_user WHERE id = ?', CLERK)).toEqual({ name: 'Әлия Серікова', active: 0 });
  });

  it('a person changed by the operator of the registry stands in the journal as nobody else does, once the desk has had its first exchange', () => {
    adopt((tx) => adoptUser(tx, clerk, AT));
    adopt((tx) => noteSuccess(tx, AT));
    adopt((tx) => adoptUser(tx, { ...clerk, roles: ['secretary', 'office-head'] }, AT));
    const details = { before: 'active; certificates 1; secretary', after: 'active; certificates 1; secretary; office-head' };
    expect(journal()).toEqual([{ actor: null, action: 'user.changed', details: { person: CLERK, changed: '', ...details } }]);
  });

  it('a workstation that was renamed or put out is told by whom', () => {
    adopt((tx) => adoptWorkstation(tx, { id: DESK, change: 'renamed', name: 'Қабылдау', before: 'Кеңсе', by: ADMIN }, AT));
    adopt((tx) => adoptWorkstation(tx, { id: DESK, change: 'revoked', name: 'Қабылдау', before: 'Қабылдау', by: null }, AT));
    expect(journal()).toEqual([
      { actor: ADMIN, action: 'workstation.renamed', details: { workstation: DESK, before: 'Кеңсе', after: 'Қабылдау' } },
      { actor: null, action: 'workstation.revoked', details: { workstation: DESK, before: 'Қабылдау', after: '' } },
    ]);
  });

  it('rules of the court hold from then on; before there are those of the product', () => {
    expect(readCourtPolicy(store.read)).toEqual(COURT_POLICY);
    adopt((tx) => adoptPolicy(tx, { offlineSignInDays: 3, idleLockMinutes: 5, by: ADMIN }, AT));
    expect(readCourtPolicy(store.read)).toEqual({ offlineSignInDays: 3, idleLockMinutes: 5 });
    expect(journal()).toMatchObject([
      { actor: ADMIN, action: 'court.configured', details: { after: 'offlineSignInDays 3; idleLockMinutes 5' } },
    ]);
  });
});
