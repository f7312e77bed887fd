import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outboxOf, pull, syncOnce, takeOverRegistry, viewFiling, type Desk } from '../../../main/core/index.ts';
import { linkFilings } from '../../../main/intake/index.ts';
import { takeFolder } from '../../../main/paper/index.ts';
import { twoDesks, type SharedCourt } from '../../support/desk/shared-court.ts';
import { signIn } from '../../support/desk/office-work.ts';
import { must } from '../../support/desk/training-office.ts';

let court: SharedCourt;
let first: Desk;
let second: Desk;
let secretary: string;
beforeAll(async () => {
  ({ court, first, second, secretary } = await twoDesks());
}, 120_000);
afterAll(() => court.close());

const link = (desk: Desk, id: string, otherId: string) =>
  linkFilings({ store: desk.store, clock: desk.config.clock, newId: desk.config.newId }, { id, otherId, actor: secretary });
const linked = (desk: Desk, id: string) => viewFiling(desk, id, 'secretary')!.links.map((known) => known.id);
const history = (desk: Desk, id: string) => viewFiling(desk, id, 'secretary')!.history.filter(({ action }) => action === 'filing.linked');
const two = async () => {
  const ids = [await court.submit(), await court.submit()] as const;
  for (const desk of [first, second]) must(await pull(desk));
  return ids;
};

describe('filings that somebody has linked', () => {
  it('are linked without a line, and then at the registry and at the other desk, with who did it and when', async () => {
    const [a, b] = await two();
    court.desks[0]!.cable.out = true;
    must(link(first, a, b));
    expect([linked(first, a), linked(first, b)]).toEqual([[b], [a]]);
    expect(linked(second, a)).toEqual([]);
    await court.desks[0]!.plugIn();
    must(await syncOnce(first));
    must(await syncOnce(second));
    expect([linked(second, a), linked(second, b)]).toEqual([[b], [a]]);
    const [here, there] = [first, second].map((desk) => viewFiling(desk, a, 'secretary')!.links[0]!);
    expect(there).toEqual(here);
    expect(history(second, b)).toMatchObject([{ details: { elsewhere: 1 } }]);
    expect(history(first, a)).toHaveLength(1);
  });

  it('are linked once, however many desks say so', async () => {
    const [a, b] = await two();
    for (const desk of court.desks) desk.cable.out = true;
    must(link(first, a, b));
    must(link(first, b, a));
    must(link(second, b, a));
    for (const desk of court.desks) await desk.plugIn();
    for (const desk of [first, second, first]) must(await syncOnce(desk));
    for (const desk of [first, second]) {
      expect(linked(desk, a)).toEqual([b]);
      expect(history(desk, a)).toHaveLength(1);
      expect(outboxOf(desk)).toMatchObject({ waiting: 0, parked: [] });
      expect(desk.store.read.get('SELECT count(*) AS n FROM feed_deferred')).toEqual({ n: 0 });
    }
  });

  it('go behind a filing on paper that the registry does not have yet', async () => {
    const a = await court.submit();
    must(await pull(first));
    court.desks[0]!.cable.out = true;
    const folder = { court: '9900', kind: 'claim', language: 'kk', parties: [], documents: [] };
    const paper = newId();
    must(await takeFolder(first.paper, { id: paper, actor: secretary }, { folder, read: () => Promise.resolve(null) }));
    must(link(first, a, paper));
    await court.desks[0]!.plugIn();
    must(await syncOnce(first));
    expect(outboxOf(first)).toMatchObject({ waiting: 0, parked: [] });
    must(await syncOnce(second));
    expect(linked(second, paper)).toEqual([a]);
  });

  it('wait while either of two filings on paper is not at the registry, and hold up neither', async () => {
    court.desks[0]!.cable.out = true;
    const folder = { court: '9900', kind: 'claim', language: 'kk', parties: [], documents: [] };
    const [one, other] = [newId(), newId()];
    for (const id of [one, other])
      must(await takeFolder(first.paper, { id, actor: secretary }, { folder, read: () => Promise.resolve(null) }));
    must(link(first, one, other));
    const parked = (state: string) =>
      first.store.write((tx) => tx.run("UPDATE outbox SET state = ? WHERE kind = 'filing.take-paper' AND subject = ?", state, one));
    parked('parked');
    await court.desks[0]!.plugIn();
    must(await syncOnce(first));
    const open = () => first.store.read.all("SELECT subject, kind, state, attempts FROM outbox WHERE state <> 'done'");
    expect(open()).toMatchObject([
      { subject: one, kind: 'filing.take-paper', state: 'parked' },
      { subject: `link:${one}`, kind: 'filing.link', state: 'waiting', attempts: 0 },
    ]);
    parked('waiting');
    must(await syncOnce(first));
    expect(open()).toEqual([]);
    must(await syncOnce(second));
    expect(linked(second, one)).toEqual([other]);
  });

  it('are linked no more when the link is withdrawn, and can be linked again', async () => {
    const [a, b] = await two();
    must(link(first, a, b));
    first.store.write((tx) => tx.run("UPDATE outbox SET state = 'parked', last_code = 'role-not-allowed' WHERE subject = ?", `link:${a}`));
    const [item] = outboxOf(first).parked;
    must(await takeOverRegistry(first, item!.id, { actor: secretary, reason: 'Қате', isHead: false }));
    expect([linked(first, a), linked(first, b)]).toEqual([[], []]);
    must(link(first, a, b));
    // as it was before the registry was told of links
    first.store.write((tx) => tx.run("DELETE FROM outbox WHERE subject = ? AND state <> 'done'", `link:${a}`));
    must(link(first, b, a));
    must(link(first, a, b));
    expect(outboxOf(first).waiting).toBe(1);
    for (const desk of [first, second]) must(await syncOnce(desk));
    expect(linked(second, a)).toEqual([b]);
  });

  it('from before links were told are told once, when whoever made them is signed in, and never those that came from the registry', async () => {
    const [a, b] = await two();
    const [c, d] = await two();
    must(link(second, c, d));
    for (const desk of [second, first]) must(await syncOnce(desk));
    // as an older program left them
    court.desks[0]!.cable.out = true;
    must(link(first, b, a));
    first.store.write((tx) => tx.run("DELETE FROM outbox WHERE state <> 'done' AND kind = 'filing.link'"));
    const said = () =>
      first.store.read.all('SELECT actor, state, proof IS NOT NULL AS proven FROM outbox WHERE subject = ?', `link:${[a, b].sort()[0]}`);
    await court.desks[0]!.plugIn();
    must(await syncOnce(first));
    expect(said(), 'nobody is signed in').toEqual([]);
    const all = () => first.store.read.get<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE kind = 'filing.link'")!.n;
    const before = all();

    expect(await signIn(first, 'secretary')).toBe(secretary);
    must(await syncOnce(first));
    expect(said()).toEqual([{ actor: secretary, state: 'done', proven: 1 }]);
    expect(all(), 'what the registry told is not said back to it').toBe(before + 1);
    await court.desks[0]!.kill();
    first = court.desks[0]!.desk;
    expect(await signIn(first, 'secretary')).toBe(secretary);
    for (const desk of [first, second, first]) must(await syncOnce(desk));
    expect(all()).toBe(before + 1);
    const [here, there] = [first, second].map((desk) => viewFiling(desk, a, 'secretary')!.links);
    expect(there).toMatchObject([{ id: b }]);
    expect(there).toEqual(here);
    for (const desk of [first, second]) expect(history(desk, a)).toHaveLength(1);
    expect(outboxOf(first)).toMatchObject({ waiting: 0, parked: [] });
  });

  it('are two, and both are here', async () => {
    const [a] = await two();
    const waiting = outboxOf(first).waiting;
    expect(link(first, a, a)).toMatchObject({ error: { code: 'input-invalid' } });
    expect(link(first, a, newId())).toMatchObject({ error: { code: 'not-found' } });
    expect(linked(first, a)).toEqual([]);
    expect(outboxOf(first).waiting).toBe(waiting);
  });
});
