import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import type { FeedPage } from '../../../shared/registry/index.ts';
import type { Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { ALMATY, ASTANA, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

describeOnEveryDatabase('a desk that waits for its feed', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  let end: number;
  const opened: OpenRegistry[] = [];
  beforeEach(async () => {
    open = opened[0] ?? (opened[0] = await openRegistry(fresh, { courts: [ALMATY, ASTANA] }));
    desk = await open.desk(ALMATY.code);
    end = (await desk.feed()).length;
  });
  const held = async (count: number) =>
    expect.poll(async () => (await open.client.call('readMetrics')).bytes.toString()).toContain(`\nkense_registry_held_polls ${count}\n`);
  afterEach(() => held(0));
  afterAll(() => open?.registry.close());

  const wait = (by: Desk, after: number, seconds = 25) => by.call('readFeed', { query: { after, wait: seconds } });
  const subjects = ({ json }: { json: FeedPage }) => json.items.map((item) => item.subject);
  const submit = (court: string) => submitFiling(open.client, court, `of ${court}`);

  it('is answered at once when there is something, or when it lost its place', async () => {
    const { id } = await submit(ALMATY.code);
    expect(subjects(await wait(desk, end))).toEqual([id]);
    expect((await wait(desk, end + 2)).status).toBe(409);
  });

  it('is answered when something comes, and not by what comes to another court', async () => {
    const other = await open.desk(ASTANA.code);
    const waiting = [wait(desk, end), wait(other, (await other.feed()).length)] as const;
    await held(2);
    const { id } = await submit(ALMATY.code);
    expect(subjects(await waiting[0])).toEqual([id]);
    await held(1);
    const foreign = await submit(ASTANA.code);
    expect(subjects(await waiting[1])).toEqual([foreign.id]);
  });

  it('is answered with an empty page when the time is over', async () => {
    expect((await wait(desk, end, 1)).json).toMatchObject({ items: [], cursor: end, more: false });
  });

  it('waits once: a second request ends the first, and other desks of the court wait on', async () => {
    const colleague = await open.desk(ALMATY.code);
    const [first, beside] = [wait(desk, end), wait(colleague, end)];
    await held(2);
    const second = wait(desk, end);
    expect(subjects(await first)).toEqual([]);
    await held(2);
    const { id } = await submit(ALMATY.code);
    expect([subjects(await second), subjects(await beside)]).toEqual([[id], [id]]);
  });

  it('that hangs up is waited for no more', async () => {
    const hanging = new AbortController();
    const url = `${open.registry.url}/v1/feed?after=${end}&wait=25`;
    const asked = fetch(url, { signal: hanging.signal, headers: { authorization: `Bearer ${desk.token}` } });
    await held(1);
    hanging.abort();
    await expect(asked).rejects.toThrow('aborted');
    await held(0);
  });

  it('takes no connection of the database: more desks can wait than there are connections', async () => {
    const desks = await Promise.all(Array.from({ length: 25 }, () => open.desk(ALMATY.code)));
    const waiting = desks.map((one) => wait(one, end));
    await held(25);
    const { id } = await submit(ALMATY.code);
    for (const answer of await Promise.all(waiting)) expect(subjects(answer)).toEqual([id]);
  });

  it('is let go at once by a registry that stops', async () => {
    const waiting = wait(desk, end);
    await held(1);
    await open.registry.close();
    expect((await waiting).json).toMatchObject({ items: [] });
    opened.length = 0;
    open = opened[0] = await openRegistry(fresh, { courts: [ALMATY, ASTANA] });
  });
});
