import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ShareRule } from '../../../shared/domain/share-work.ts';
import { keepUser, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

describeOnEveryDatabase('what the court has laid down about sharing', (fresh) => {
  let open: OpenRegistry;
  let now = NOW;
  let [a, b]: [Desk, Desk] = [] as never;
  let [first, second, head]: [string, string, string] = [] as never;
  beforeEach(async () => {
    now = NOW;
    open = await openRegistry(fresh, { clock: () => now });
    [a, b] = [await open.desk(), await open.desk()];
    const person = (role: string) => keepUser(open.client, open.registry, '9900', [role]);
    [first, second] = [await person('secretary'), await person('secretary')].sort() as [string, string];
    head = await person('office-head');
  });
  afterEach(() => open?.registry.close());

  const rule = (given: Partial<Omit<ShareRule, 'kinds' | 'people'>> & { kinds?: string[]; people?: string[] } = {}) => ({
    id: randomUUID(),
    on: true,
    kinds: [] as string[],
    people: [first, second],
    most: null,
    ...given,
  });
  const setRules = async (...rules: ReturnType<typeof rule>[]) => (await a.send('share-rules.set', { rules }, head)).code ?? 'applied';
  const setNorm = (userId: string | null, norm: number | null) => a.send('norm.set', { userId, norm }, head);
  const setAway = (userId: string, coveredBy: string | null, withdrawn = false, absenceId = randomUUID()) =>
    a.send(
      'absence.set',
      { absenceId, userId, from: now.slice(0, 10), until: now.slice(0, 10), kind: 'leave', coveredBy, withdrawn },
      head,
    );
  const submit = async () => (await submitFiling(open.client, '9900', randomUUID())).id;
  const told = async (desk: Desk = b) =>
    (await desk.feed())
      .filter(({ kind }) => kind === 'filing.assigned')
      .map(({ data }) => data as { filingId: string; assignee: string; by: string; rule?: string; reason?: string });
  const has = async (filing: string) => (await told()).findLast(({ filingId }) => filingId === filing)?.assignee;

  it('gives nothing to anybody where there is no rule, or every rule is off', async () => {
    const filing = await submit();
    expect(await setRules(rule({ on: false }))).toBe('applied');
    await submit();
    expect(await told()).toEqual([]);
    expect(await has(filing)).toBeUndefined();
  });

  it('gives each filing to one person as it arrives, tells every desk by which rule, and what had waited goes out with the rule', async () => {
    const waited = await submit();
    const both = rule();
    await setRules(both);
    const [x, y] = [await submit(), await submit()];
    expect([await has(waited), await has(x), await has(y)]).toEqual([first, second, first]);
    expect(await told()).toEqual(await told(a));
    expect((await told()).map(({ by, rule: followed }) => [by, followed])).toEqual(Array(3).fill([head, both.id]));
  });

  it('is given by nobody: who laid the rule down and is head no more takes nothing from whom it went to', async () => {
    await setRules(rule({ people: [first] }));
    const filing = await submit();
    await keepUser(open.client, open.registry, '9900', ['secretary'], { id: head });
    const took = await a.send('filing.assign', { filingId: filing, assignee: head, seen: first }, head);
    expect([took.code, await has(filing)]).toEqual(['role-not-allowed', first]);
  });

  it('leaves who has a filing alone, whoever it is, also when the rules change', async () => {
    const filing = await submit();
    await a.send('filing.assign', { filingId: filing, assignee: second, seen: null }, head);
    const open = await submit();
    await b.take(open, second, false);
    await setRules(rule({ people: [first] }));
    expect(await has(filing)).toBe(second);
    expect(await has(open)).toBeUndefined();
  });

  it('passes over who is absent, goes to who covers, and not beyond a norm', async () => {
    await setRules(rule({ people: [first] }));
    const away = randomUUID();
    expect((await setAway(first, second, false, away)).outcome).toBe('applied');
    expect(await has(await submit())).toBe(second);
    await setNorm(null, 1);
    const over = await submit();
    expect(await has(over)).toBeUndefined();
    await setNorm(second, 2);
    expect(await has(over)).toBe(second);
    await setAway(first, second, true, away);
    expect(await has(await submit())).toBe(first);
    const kinds = (await b.feed()).map(({ kind }) => kind).filter((kind) => /absence|norm|share-rules/.test(kind));
    expect(kinds).toEqual(['share-rules.changed', 'absence.changed', 'norm.changed', 'norm.changed', 'absence.changed']);
  });

  const at = (seconds: number) => (now = new Date(Date.parse(NOW) + seconds * 1000).toISOString());
  /** The desks have their tokens anew. */
  const nextDay = async () => {
    at((Date.parse(now) - Date.parse(NOW)) / 1000 + 86_400);
    [a, b] = [await open.desk('9900', Date.parse(now)), await open.desk('9900', Date.parse(now))];
  };
  /** A minute apart each, so that their order is that of receipt. */
  const submitMany = async (count: number) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      at(ids.length * 60);
      ids.push(await submit());
    }
    return ids;
  };
  const owners = async (ids: readonly string[]) => Promise.all(ids.map(has));
  const register = async (filingId: string) => {
    const taken = await a.take(filingId, head);
    const block = await a.lease('incoming', 1);
    const numbers = { incomingNumber: `9900-26-${String(block.first).padStart(6, '0')}`, caseNumber: null, joinsCase: null };
    const judged = { verdict: 'valid' as const, flagged: false, defects: [] };
    return a.send('filing.register', { filingId, leaseId: taken.json.lease.id, ...numbers, ...judged, registeredAt: now }, head);
  };
  const giveBack = (filingId: string, by: string) => a.send('filing.assign', { filingId, assignee: null, seen: by }, by);

  it('gives the one that has waited longest to whoever has registered one, before what comes later', async () => {
    await setNorm(null, 1);
    await setRules(rule({ people: [first] }));
    const [x, y, z] = (await submitMany(3)) as [string, string, string];
    expect(await owners([x, y, z])).toEqual([first, undefined, undefined]);
    expect((await register(x)).outcome).toBe('applied');
    expect(await owners([y, z])).toEqual([first, undefined]);
    expect((await register(y)).outcome).toBe('applied');
    expect(await has(z)).toBe(first);
  });

  it('gives what has waited over the end of an absence with the next arrival, or with the next word of a desk where nothing arrives', async () => {
    await setRules(rule({ people: [first] }));
    await setAway(first, null);
    const waited = await submitMany(2);
    await a.keep();
    expect(await owners(waited)).toEqual([undefined, undefined]);
    await nextDay();
    await b.keep();
    expect(await owners(waited)).toEqual([first, first]);
    const count = (await told()).length;
    await b.keep();
    expect(await told()).toHaveLength(count);

    await setAway(first, null);
    const late = await submit();
    expect(await has(late)).toBeUndefined();
    await nextDay();
    expect(await owners([late, await submit()])).toEqual([first, first]);
  });

  it('gives what was given back to another, who has waited to nobody, and not once more to the same person', async () => {
    await setNorm(null, 1);
    await setRules(rule());
    const [x, y, z] = (await submitMany(3)) as [string, string, string];
    expect(await owners([x, y, z])).toEqual([first, second, undefined]);
    expect((await giveBack(x, first)).outcome).toBe('applied');
    expect(await owners([x, z])).toEqual([null, first]);
    await a.keep();
    expect(await has(x)).toBeNull();
    expect((await register(y)).outcome).toBe('applied');
    expect(await has(x)).toBe(second);
  });

  it('does not let what finds nobody stand before what does', async () => {
    await setRules(rule({ kinds: ['unknown-kind'], people: [second] }), rule({ people: [first], most: 1 }));
    const given = await submit();
    const [x, y] = (await submitMany(2)) as [string, string];
    expect(await has(given)).toBe(first);
    await giveBack(given, first);
    expect(await owners([given, x, y])).toEqual([null, first, undefined]);
    await giveBack(x, first);
    expect(await owners([given, x, y])).toEqual([null, null, first]);
  });

  it('takes rules only from who has seen those that hold, and from an old desk that does not say what it saw', async () => {
    const hash = (rules: readonly ShareRule[]) => createHash('sha256').update(JSON.stringify(rules)).digest('hex');
    const lay = async (rules: ReturnType<typeof rule>[], seen?: string) =>
      (await a.send('share-rules.set', { rules, ...(seen && { seen }) }, head)).code ?? 'applied';
    const [one, other] = [rule({ on: false }), rule({ on: false })];
    expect(await lay([one], hash([]))).toBe('applied');
    expect(await lay([other], hash([]))).toBe('rules-outdated');
    expect(await lay([one, other], hash([one]))).toBe('applied');
    expect(await lay([other])).toBe('applied');
    const laid = (await b.feed()).filter(({ kind }) => kind === 'share-rules.changed').map(({ data }) => data);
    expect(laid).toMatchObject([{ rules: [one] }, { rules: [one, other] }, { rules: [other] }]);
    for (const data of laid) expect(data).not.toHaveProperty('seen');
  });

  it('refuses what cannot be, and keeps nothing of it', async () => {
    const outside = randomUUID();
    const twice = rule();
    expect(await setRules(twice, twice)).toBe('input-invalid');
    expect(await setRules(rule({ people: [outside] }))).toBe('user-unknown');
    expect((await setAway(outside, null)).code).toBe('user-unknown');
    expect((await setAway(first, first)).code).toBe('input-invalid');
    expect((await setNorm(outside, 3)).code).toBe('user-unknown');
    expect((await a.send('share-rules.set', { rules: [] }, first)).code).toBe('role-not-allowed');
    const kinds = (await b.feed()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => /absence|norm|share-rules/.test(kind))).toEqual([]);
  });

  it('lets the head take a filing also from the desk at which somebody has it open, for a written reason alone', async () => {
    const filing = await submit();
    await a.send('filing.assign', { filingId: filing, assignee: first, seen: null }, head);
    await a.take(filing, first, true);
    const give = (more: object, by = head) => b.send('filing.assign', { filingId: filing, assignee: second, seen: first, ...more }, by);
    expect((await give({ takeOver: true })).code).toBe('input-invalid');
    expect((await give({ takeOver: true, reason: 'ауырып қалды' }, second)).code).toBe('role-not-allowed');
    expect((await b.take(filing, second, true)).json.code).toBe('lease-held');
    expect((await give({ takeOver: true, reason: 'ауырып қалды' })).outcome).toBe('applied');
    expect(await told()).toContainEqual(expect.objectContaining({ filingId: filing, assignee: second, reason: 'ауырып қалды' }));
    const over = (await a.feed()).filter(({ kind }) => kind === 'lease.taken-over').map(({ data }) => data);
    expect(over).toEqual([expect.objectContaining({ filingId: filing, fromHolderId: first, byId: head, reason: 'ауырып қалды' })]);
    expect((await b.take(filing, second, true)).json.lease).toMatchObject({ filingId: filing });
  });
});
