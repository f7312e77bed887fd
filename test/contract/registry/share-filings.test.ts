import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ShareRule } from '../../../shared/domain/share-work.ts';
import { keepUser, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

const TODAY = NOW.slice(0, 10);

describeOnEveryDatabase('what the court has laid down about sharing', (fresh) => {
  let open: OpenRegistry;
  let [a, b]: [Desk, Desk] = [] as never;
  let [first, second, head]: [string, string, string] = [] as never;
  beforeEach(async () => {
    open = await openRegistry(fresh);
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
    a.send('absence.set', { absenceId, userId, from: TODAY, until: TODAY, kind: 'leave', coveredBy, withdrawn }, head);
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
