import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { isOlderThan, VERSION_HEADER } from '../../../shared/registry/index.ts';
import { sha256, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

it.each([
  ['0.1.0', '0.1.0', false],
  ['0.9.0', '0.10.0', true],
  ['1.0.0', '0.99.99', false],
  ['1.2.0-rc.1', '1.2.0', true],
  ['1.2.1-rc.1', '1.2.0', false],
  ['1.2.0', '1.2.0-rc.1', false],
  [null, '0.0.1', true],
])('%s beside %s: older is %s', (version, minimum, older) => {
  expect(isOlderThan(version, minimum)).toBe(older);
});

describeOnEveryDatabase('versions of desks', (fresh) => {
  let open: OpenRegistry;
  afterEach(() => open.registry.close());

  const anchor = (desk: Desk, version: string | null, id = randomUUID()) =>
    desk.call('sendCommand', {
      headers: version === null ? {} : { [VERSION_HEADER]: version },
      json: {
        id,
        kind: 'journal.anchor',
        schemaVersion: 1,
        subject: 'workstation',
        actor: null,
        at: NOW,
        payload: { entries: 1, head: sha256('a journal') },
      },
    });
  const entryOf = async (desk: Desk) => {
    const { workstations } = (await open.client.call('listWorkstations', { token: open.registry.adminToken })).json;
    return workstations.find((entry: { id: string }) => entry.id === desk.id);
  };

  it('without a minimum every desk is heard, and the last version it said is on the list', async () => {
    open = await openRegistry(fresh);
    const desk = await open.desk();
    expect((await open.client.call('readHealth')).json.minimumDesk).toBeUndefined();
    expect((await anchor(desk, null)).json.outcome).toBe('applied');
    expect(await entryOf(desk)).toMatchObject({ version: null, updateNeeded: false });
    for (const said of ['0.4.0', 'not a version; DROP', '0.5.0']) await desk.call('listFilings', { headers: { [VERSION_HEADER]: said } });
    expect(await entryOf(desk)).toMatchObject({ version: '0.5.0', updateNeeded: false });
  });

  it('an older desk reads on, its commands wait, and the very same command applies after the update', async () => {
    open = await openRegistry(fresh, { minimumDesk: '1.2.0' });
    const desk = await open.desk();
    expect((await open.client.call('readHealth')).json).toMatchObject({ minimumDesk: '1.2.0' });
    const id = randomUUID();
    for (const version of [null, '1.1.9', '1.2.0-rc.1'])
      expect((await anchor(desk, version, id)).json).toEqual({ outcome: 'update-needed', code: 'update-needed', filing: null });
    expect((await desk.call('readFeed')).status).toBe(200);
    expect((await desk.call('listJournalAnchors')).json.anchors).toEqual([]);
    expect(await entryOf(desk)).toMatchObject({ version: '1.2.0-rc.1', updateNeeded: true });

    expect((await anchor(desk, '1.2.0', id)).json.outcome).toBe('applied');
    expect(await entryOf(desk)).toMatchObject({ version: '1.2.0', updateNeeded: false });
    // what was applied is told again also to a desk that went back
    expect((await anchor(desk, '1.1.9', id)).json.outcome).toBe('duplicate');
    await open.client.call('revokeWorkstation', { token: open.registry.adminToken, path: { id: desk.id } });
    expect(await entryOf(desk)).toMatchObject({ version: '1.1.9', updateNeeded: false });
  });
});
