import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markRestored, startRegistry, type RegistryOptions, type RunningRegistry } from '../../../registry/index.ts';
import type { CommandPayload } from '../../../shared/registry/index.ts';
import { createDocumentedClient } from '../../support/registry/documented-client.ts';
import { enrolDesk, keepUser, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { ALMATY, ASTANA, NOW, NOW_MS } from '../../support/registry/open-registry.ts';
import { tempDir } from '../../support/temp-dir.ts';

describeOnEveryDatabase('numbers that a registry may have forgotten', (fresh) => {
  let options: RegistryOptions;
  let registry: RunningRegistry;
  let [a, b, far]: [Desk, Desk, Desk] = [] as never;
  let head: string;
  let otherHead: string;

  beforeAll(async () => {
    const { database } = await fresh();
    options = { database, dataDir: tempDir(), mode: 'training', clock: () => NOW, courts: [ALMATY, ASTANA] };
    await start();
    const enrol = (court: string) => {
      const { enrolmentCode } = registry.courts.find(({ code }) => code === court)!;
      return enrolDesk({ client: createDocumentedClient(registry.url), code: enrolmentCode, training: true, nowMs: NOW_MS });
    };
    [a, b, far] = [await enrol(ALMATY.code), await enrol(ALMATY.code), await enrol(ASTANA.code)];
    const client = createDocumentedClient(registry.url);
    head = await keepUser(client, registry, ALMATY.code, ['office-head']);
    otherHead = await keepUser(client, registry, ASTANA.code, ['office-head']);
  });
  afterAll(() => registry?.close());

  async function start() {
    registry = await startRegistry(options);
    options = { ...options, port: Number(new URL(registry.url).port) };
  }
  async function claim(desk: Desk, first: number, last: number, more: Partial<CommandPayload<'number.claim'>> = {}, by = head) {
    const { outcome, code } = await desk.send('number.claim', { series: 'incoming', year: '26', typeIndex: '', first, last, ...more }, by);
    return code ?? outcome;
  }
  const lease = async (desk: Desk, typeIndex?: string) => {
    const asked = { series: typeIndex === undefined ? 'incoming' : 'case', year: '26', typeIndex: typeIndex ?? '', size: 5 };
    const { status, json } = await desk.call('leaseNumbers', { json: { requestId: randomUUID(), ...asked } });
    return status === 200 ? [json.first, json.last] : [status, json.code];
  };
  const blocks = async (desk: Desk) => {
    const { json } = await desk.call('accountNumbers', { query: { series: 'incoming', year: '26' } });
    return (json.blocks as { first: number; last: number; workstationId: string }[]).map((x) => [x.first, x.last, x.workstationId]);
  };
  const restored = async (again: boolean) => {
    await registry.close();
    const done = await markRestored({ ...options, again }).finally(start);
    for (const desk of [a, b, far]) await desk.renewToken();
    return done;
  };

  describe('claimed', () => {
    it('within an own block change nothing and close nothing', async () => {
      expect([await lease(a), await lease(b)]).toEqual([
        [1, 5],
        [6, 10],
      ]);
      const before = await blocks(a);
      expect([await claim(a, 1, 5), await claim(a, 2, 3), await claim(b, 7, 7)]).toEqual(['applied', 'applied', 'applied']);
      expect(await blocks(a)).toEqual(before);
      expect(await lease(a)).toEqual([11, 15]);
    });

    it('of another desk, or given back, are taken; what is no range is refused', async () => {
      const before = await blocks(a);
      expect([await claim(b, 5, 5), await claim(b, 5, 7), await claim(a, 1, 6), await claim(b, 10, 11)]).toEqual(
        Array.from({ length: 4 }, () => 'number-taken'),
      );
      expect([await claim(a, 9, 8), await claim(a, 999_999, 1_000_000), await claim(a, 1, 2, { typeIndex: '2' })]).toEqual(
        Array.from({ length: 3 }, () => 'input-invalid'),
      );
      expect(await claim(a, 1, 1, {}, otherHead)).toBe('user-unknown');
      expect(await blocks(a)).toEqual(before);
    });
  });

  it('stop the leasing of their court alone, until the numbers are moved on; one filing has one number', async () => {
    const done = await restored(true);
    expect(done).toMatchObject({ marked: true, days: 1 });
    const almaty = done.courts.find(({ court }) => court === ALMATY.code)!;
    expect(almaty).toMatchObject({ workstations: 2, moved: [{ series: 'incoming', was: 16, now: 16 + almaty.margin }] });
    expect(await restored(false)).toMatchObject({ marked: false, at: NOW });

    // what the margin has left out may be claimed, and what was given back before is given to nobody
    expect(await claim(a, 20, 24)).toBe('applied');
    expect(await claim(b, 24, 26)).toBe('number-taken');
    const given = await b.lease('incoming', 5);
    expect(given).toMatchObject({ first: 16 + almaty.margin });
    expect((await b.send('number.return', { blockId: given.id, first: given.first + 2 }, null)).outcome).toBe('applied');
    expect(await lease(a)).toEqual([given.first + 2, given.last]);
    expect(await lease(a, '2а'), 'a series that is not known may have been leased too').toEqual([1 + almaty.margin, 5 + almaty.margin]);

    // what lies beyond was leased after the last restore that is on record
    expect(await claim(a, given.last + 1, given.last + 3)).toBe('applied');
    expect(await lease(b)).toEqual([503, 'numbers-held']);
    const [first] = (await lease(far)) as [number];
    expect(first).toBe(1 + done.courts.find(({ court }) => court === ASTANA.code)!.margin);
    expect(await restored(false)).toMatchObject({ marked: true });
    const [next] = (await lease(b)) as [number];
    expect(next).toBeGreaterThan(given.last + 3);
  });

  it('given back before a restore are nobody’s after it', async () => {
    const [first] = (await lease(a)) as [number];
    const { json } = await a.call('accountNumbers', { query: { series: 'incoming', year: '26' } });
    const { id } = (json.blocks as { id: string; first: number }[]).find((block) => block.first === first)!;
    expect((await a.send('number.return', { blockId: id, first: first + 1 }, null)).outcome).toBe('applied');
    await restored(true);
    const [next] = (await lease(b)) as [number];
    expect(next).toBeGreaterThan(first + 5);
  });

  it('are not asked for by a feed that is as long as it was; a longer one shows that something is gone', async () => {
    expect((await a.call('readFeed', { query: { after: 0 } })).status).toBe(200);
    expect(await lease(a)).toHaveLength(2);
    await a.send('journal.anchor', { entries: 1, head: 'a'.repeat(64) }, null);
    expect((await a.call('readFeed', { query: { after: 1_000_000 } })).json.code).toBe('feed-gap');
    expect(await lease(b)).toEqual([503, 'numbers-held']);
    expect(await lease(far)).not.toContain('numbers-held');
    expect(await restored(false)).toMatchObject({ marked: true });
    expect(await lease(b)).not.toContain('numbers-held');
    // a desk that has not come over yet still speaks of that one
    expect((await b.call('readFeed', { query: { after: 1_000_000 } })).json.code).toBe('feed-gap');
    expect(await lease(a)).not.toContain('numbers-held');
  });
});
