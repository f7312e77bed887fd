import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LEASE_SECONDS, type CommandPayload, type Lease, type NumberAccount } from '../../../shared/registry/index.ts';
import { keepUser, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { NOW, NOW_MS, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

describeOnEveryDatabase('leases to work on a filing', (fresh) => {
  let open: OpenRegistry;
  let [a, b]: [Desk, Desk] = [] as never;
  let [clerk, other, head]: [string, string, string] = [] as never;
  let nowMs: number;

  beforeEach(async () => {
    nowMs = NOW_MS;
    open = await openRegistry(fresh, { clock: () => new Date(nowMs).toISOString() });
    [a, b] = [await open.desk(), await open.desk()];
    const person = (role: string) => keepUser(open.client, open.registry, '9900', [role]);
    [clerk, other, head] = [await person('secretary'), await person('secretary'), await person('office-head')];
  });
  afterEach(() => open?.registry.close());

  async function pass(seconds: number): Promise<void> {
    nowMs += seconds * 1000;
    for (const desk of [a, b]) await desk.renewToken();
  }
  const number = (sequence: number) => `9900-26-${String(sequence).padStart(6, '0')}`;
  const submit = async () => (await submitFiling(open.client, '9900', randomUUID())).id;
  const take = async (desk: Desk, filing: string, by = clerk, keep = true): Promise<Lease> =>
    (await desk.take(filing, by, keep)).json.lease;
  const code = async (answer: Promise<{ json: { code?: string } }>) => (await answer).json.code;
  const leases = async (desk: Desk) => (await desk.keep()).leases!;
  const register = async (desk: Desk, filingId: string, more: Partial<CommandPayload<'filing.register'>> = {}) => {
    const incomingNumber = more.incomingNumber ?? number((await desk.lease('incoming', 1)).first);
    const answer = await desk.send(
      'filing.register',
      {
        filingId,
        incomingNumber,
        caseNumber: null,
        joinsCase: null,
        registeredAt: NOW,
        verdict: 'valid',
        flagged: false,
        defects: [],
        ...more,
      },
      clerk,
    );
    return answer.code ?? answer.outcome;
  };

  it('what one desk has, another cannot take or register, and sees who has it', async () => {
    const filing = await submit();
    const lease = await take(a, filing);
    expect(await code(b.take(filing, other))).toBe('lease-held');
    expect(await register(b, filing)).toBe('lease-held');
    expect(await register(b, filing, { leaseId: lease.id })).toBe('lease-held');
    expect(await leases(b)).toEqual([lease]);
    expect(lease).toMatchObject({ holderId: clerk, workstationId: a.id });
    expect(await register(a, filing, { leaseId: lease.id })).toBe('applied');
    expect(await leases(b)).toEqual([]);
    expect(await code(b.take(filing, other))).toBe('already-registered');
  });

  it('nothing is registered without a lease, under the lease of another filing, or of another desk that is over', async () => {
    const [filing, another] = [await submit(), await submit()];
    expect(await register(a, filing)).toBe('lease-missing');
    expect(await register(a, filing, { leaseId: randomUUID() })).toBe('lease-missing');
    expect(await register(a, filing, { leaseId: (await take(a, another)).id })).toBe('lease-missing');
    const theirs = await take(b, filing);
    await b.keep({ giveBack: [theirs.id] });
    expect(await register(a, filing, { leaseId: theirs.id })).toBe('lease-missing');
    expect(await register(b, filing, { leaseId: theirs.id })).toBe('applied');
  });

  it('a desk from before leases registers what it has now, and only that', async () => {
    const filing = await submit();
    expect(await register(a, filing)).toBe('lease-missing');
    await take(a, filing);
    expect(await register(a, filing)).toBe('applied');
  });

  it('a look ends by itself after minutes, unless it is renewed', async () => {
    const filing = await submit();
    const lease = await take(a, filing, clerk, false);
    await pass(LEASE_SECONDS.look - 1);
    await a.keep({ renew: [lease.id] });
    await pass(LEASE_SECONDS.look - 1);
    expect(await code(b.take(filing, other))).toBe('lease-held');
    await pass(2);
    expect(await leases(b)).toEqual([]);
    expect((await take(b, filing, other)).holderId).toBe(other);
    expect(await register(a, filing, { leaseId: lease.id })).toBe('lease-held');
  });

  it('what somebody has begun to decide outlasts a day of silence, and a late registration still fits when nobody else has begun', async () => {
    const filing = await submit();
    const lease = await take(a, filing);
    await pass(24 * 3600);
    expect(await code(b.take(filing, other))).toBe('lease-held');
    await pass(3 * 3600);
    expect(await leases(b)).toEqual([]);
    expect(await register(a, filing, { leaseId: lease.id })).toBe('applied');
  });

  it('renewing keeps the id and never shortens; another person at the desk takes over within it', async () => {
    const filing = await submit();
    const lease = await take(a, filing);
    expect(await take(a, filing, clerk, false)).toEqual(lease);
    expect(await take(a, filing, other, false)).toMatchObject({ id: lease.id, holderId: other });
    const again = await take(a, filing, other);
    expect(again.workUntil! > NOW).toBe(true);
  });

  it('closing ends it at once, and a late word about it ends nothing of what came after', async () => {
    const filing = await submit();
    const lease = await take(a, filing);
    await a.keep({ release: [lease.id] });
    const theirs = await take(b, filing, other);
    await a.keep({ release: [lease.id, theirs.id], giveBack: [lease.id, theirs.id], renew: [lease.id] });
    expect(await leases(b)).toEqual([theirs]);
  });

  it('a revoked workstation has nothing any more', async () => {
    const filing = await submit();
    await take(a, filing);
    await open.client.call('revokeWorkstation', { token: open.registry.adminToken, path: { id: a.id } });
    expect((await take(b, filing, other)).workstationId).toBe(b.id);
  });

  describe('taking over', () => {
    const takeOver = async (desk: Desk, filingId: string, by: string, reason = 'Хатшы ауырып қалды') => {
      const answer = await desk.send('lease.take-over', { filingId, reason }, by);
      return answer.code ?? answer.outcome;
    };

    it('is the right of the head alone, with a reason, from another desk', async () => {
      const filing = await submit();
      expect(await takeOver(b, filing, head)).toBe('lease-not-held');
      await take(a, filing);
      expect(await takeOver(b, filing, other)).toBe('role-not-allowed');
      expect(await takeOver(b, filing, head, '  ')).toBe('input-invalid');
      expect(await takeOver(a, filing, head)).toBe('lease-not-held');
      expect(await leases(b)).toMatchObject([{ workstationId: a.id }]);
    });

    it('tells the court, and refuses what the former desk registered meanwhile as long as the head has the filing', async () => {
      const filing = await submit();
      const lease = await take(a, filing);
      const before = (await a.feed()).length;
      expect(await takeOver(b, filing, head)).toBe('applied');
      expect((await a.feed(before)).map(({ kind, subject, data }) => ({ kind, subject, data }))).toEqual([
        {
          kind: 'lease.taken-over',
          subject: filing,
          data: {
            leaseId: lease.id,
            filingId: filing,
            fromWorkstationId: a.id,
            fromHolderId: clerk,
            byWorkstationId: b.id,
            byId: head,
            reason: 'Хатшы ауырып қалды',
          },
        },
      ]);
      expect(await register(a, filing, { leaseId: lease.id })).toBe('lease-taken-over');
      expect(await leases(a)).toMatchObject([{ workstationId: b.id, holderId: head }]);
      expect(await takeOver(b, filing, head), 'a repeated press takes nothing over').toBe('lease-not-held');
    });

    it('leaves the former desk its registration when the head gives the filing back undecided', async () => {
      const filing = await submit();
      const lease = await take(a, filing);
      await takeOver(b, filing, head);
      await b.keep({ giveBack: [(await leases(b))[0]!.id] });
      expect(await register(a, filing, { leaseId: lease.id })).toBe('applied');
    });
  });

  describe('what is set aside for a desk', () => {
    const share = { reserve: { count: 100, onlyAlone: false } };
    const mine = (desk: Desk, all: readonly Lease[]) => all.filter((lease) => lease.workstationId === desk.id && lease.reserved).length;

    it('is everything for the only desk of a court, and outlasts a week of silence', async () => {
      const alone = await openRegistry(fresh, { clock: () => new Date(nowMs).toISOString() });
      try {
        const desk = await alone.desk();
        const filings = [];
        for (let i = 0; i < 4; i++) filings.push((await submitFiling(alone.client, '9900', randomUUID())).id);
        const told = await desk.keep({ reserve: { count: 2000, onlyAlone: true } });
        expect(told.alone).toBe(true);
        expect(told.leases!.map((lease) => lease.filingId).sort()).toEqual(filings.toSorted());
        const late = await alone.desk();
        nowMs += 7 * 24 * 3600 * 1000;
        await late.renewToken();
        const person = await keepUser(alone.client, alone.registry, '9900', ['secretary']);
        expect((await late.take(filings[0]!, person)).json.code).toBe('lease-held');
        nowMs += 24 * 3600 * 1000;
        await late.renewToken();
        expect((await late.take(filings[0]!, person)).status).toBe(200);
      } finally {
        await alone.registry.close();
      }
    });

    it('is an even share among several desks, and what is too much is asked back', async () => {
      for (let i = 0; i < 8; i++) await submit();
      const first = await a.keep({ reserve: { count: 100, onlyAlone: false } });
      expect(mine(a, first.leases!), 'the other desk has not been seen yet').toBe(8);
      await b.keep(share);
      expect(mine(b, await leases(b))).toBe(0);
      const { wanted } = await a.keep(share);
      expect(wanted).toHaveLength(4);
      await a.keep({ ...share, giveBack: wanted });
      const told = await b.keep(share);
      expect([mine(a, told.leases!), mine(b, told.leases!)]).toEqual([4, 4]);
      expect((await a.keep(share)).wanted).toEqual([]);
    });

    it('is let go of when somebody at another desk wants just that filing, and does not come back at once', async () => {
      const filing = await submit();
      await a.keep(share);
      expect(await code(b.take(filing, other))).toBe('lease-held');
      const { wanted } = await a.keep(share);
      expect(wanted).toHaveLength(1);
      expect((await a.keep({ ...share, giveBack: wanted })).leases).toEqual([]);
      expect((await take(b, filing, other)).workstationId).toBe(b.id);
    });

    it('is not asked for while somebody works on it there, and stays aside when the work is closed', async () => {
      const filing = await submit();
      await a.keep(share);
      const lease = await take(a, filing);
      expect(await code(b.take(filing, other))).toBe('lease-held');
      expect((await a.keep(share)).wanted).toEqual([]);
      await a.keep({ ...share, release: [lease.id] });
      expect(await leases(a)).toMatchObject([{ id: lease.id, holderId: null, reserved: true }]);
    });

    it('is nothing for a desk that could not hand it over, and ends by itself after a long silence', async () => {
      await submit();
      expect((await a.keep({ reserve: { count: 100, onlyAlone: true } })).leases).toEqual([]);
      await a.keep(share);
      await pass(LEASE_SECONDS.reserve + 1);
      expect(await leases(b)).toEqual([]);
      const told = await a.keep();
      expect([told.leases, told.wanted]).toEqual([[], []]);
    });
  });

  describe('numbers', () => {
    const account = async (): Promise<NumberAccount[]> =>
      (await a.call('accountNumbers', { query: { series: 'incoming', year: '26' } })).json.blocks;
    const giveBack = async (desk: Desk, blockId: string, first: number) => {
      const answer = await desk.send('number.return', { blockId, first }, null);
      return answer.code ?? answer.outcome;
    };
    const use = async (desk: Desk, sequence: number) => {
      const filing = await submit();
      await take(desk, filing);
      return register(desk, filing, { incomingNumber: number(sequence) });
    };

    it('that were given back cannot be used by the desk that had them, and go to the next that asks', async () => {
      const block = await a.lease('incoming', 10);
      expect(await use(a, block.first + 2)).toBe('applied');
      expect(await giveBack(a, block.id, block.first + 2)).toBe('number-taken');
      expect(await giveBack(b, block.id, block.first + 3)).toBe('not-found');
      expect(await giveBack(a, block.id, block.last + 1)).toBe('input-invalid');
      expect(await giveBack(a, block.id, block.first + 3)).toBe('applied');
      expect(await giveBack(a, block.id, block.first + 5)).toBe('number-not-leased');
      expect(await use(a, block.first + 3)).toBe('number-not-leased');
      expect(await use(a, block.first + 1)).toBe('applied');

      const next = await b.lease('incoming', 5);
      expect([next.first, next.last]).toEqual([block.first + 3, block.first + 7]);
      const rest = await b.lease('incoming', 5);
      expect([rest.first, rest.last], 'fewer than asked for, for no number is left out').toEqual([block.first + 8, block.last]);
      expect(await use(b, block.first + 3)).toBe('applied');
      expect((await b.lease('incoming', 5)).first).toBe(block.last + 1);
    });

    it('of a block that was not begun can go from desk to desk', async () => {
      const block = await a.lease('incoming', 4);
      expect(await giveBack(a, block.id, block.first)).toBe('applied');
      const second = await b.lease('incoming', 4);
      expect([second.first, second.last]).toEqual([block.first, block.last]);
      expect(await giveBack(b, second.id, second.first + 1)).toBe('applied');
      const request = { requestId: randomUUID(), series: 'incoming', year: '26', typeIndex: '', size: 9 };
      const third = (await a.call('leaseNumbers', { json: request })).json;
      expect([third.first, third.last]).toEqual([block.first + 1, block.last]);
      expect((await a.call('leaseNumbers', { json: request })).json, 'a lost answer is given again').toEqual(third);
      expect(await use(a, third.first)).toBe('applied');
    });

    it('that were bound for nothing are void for good, and every number is accounted for', async () => {
      const block = await a.lease('incoming', 6);
      const filing = await submit();
      await take(a, filing);
      const taken = await register(a, filing, { incomingNumber: number(block.first) });
      expect(taken).toBe('applied');
      const nullify = async (incomingNumber: string, desk = a) => {
        const answer = await desk.send('number.void', { filingId: filing, incomingNumber, caseNumber: null }, clerk);
        return answer.code ?? answer.outcome;
      };
      expect(await nullify(number(block.first))).toBe('number-taken');
      expect(await nullify(number(block.first + 1), b)).toBe('number-not-leased');
      expect(await nullify(number(block.first + 1))).toBe('applied');
      expect(await use(a, block.first + 1)).toBe('number-taken');
      expect(await giveBack(a, block.id, block.first + 1)).toBe('number-taken');
      expect(await giveBack(a, block.id, block.first + 4)).toBe('applied');
      expect((await account()).find((entry) => entry.id === block.id)).toMatchObject({
        used: [block.first],
        void: [block.first + 1],
        returned: { first: block.first + 4 },
        open: 2,
      });
    });
  });
});
