import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandAnswer, CommandPayload } from '../../../shared/registry/index.ts';
import { keepUser, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

describeOnEveryDatabase('a word on a finding', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  let clerk: string;
  let head: string;
  beforeAll(async () => {
    open = await openRegistry(fresh);
    desk = await open.desk();
    clerk = await keepUser(open.client, open.registry, '9900', ['secretary']);
    head = await keepUser(open.client, open.registry, '9900', ['office-head']);
  });
  afterAll(() => open?.registry.close());

  type Severity = CommandPayload<'finding.override'>['severity'];
  const say = (filingId: string, severity: Severity, by: string, reason: string) =>
    desk.send('finding.override', { filingId, finding: 'document-program:1', rule: 'document-program', severity, reason }, by);
  const outcome = ({ outcome, code }: CommandAnswer) => [outcome, code];
  const words = async (filingId: string) => {
    const { filings } = (await desk.call('listFilings', { query: { limit: 500 } })).json as {
      filings: { id: string; overrides?: object[] }[];
    };
    return filings.find(({ id }) => id === filingId)?.overrides;
  };

  it('stays the first one, but gives way to that of the head on what is fatal, and never back', async () => {
    const { id } = await submitFiling(open.client, '9900', randomUUID());
    expect(outcome(await say(id, 'error', clerk, 'no harm in it'))).toEqual(['applied', null]);
    expect(outcome(await say(id, 'error', head, 'a second word'))).toEqual(['applied', null]);
    expect(await words(id)).toMatchObject([{ severity: 'error', by: clerk, reason: 'no harm in it' }]);
    expect(outcome(await say(id, 'fatal', clerk, 'I say so'))).toEqual(['refused', 'role-not-allowed']);
    expect(outcome(await say(id, 'fatal', head, 'never opened'))).toEqual(['applied', null]);
    for (const by of [clerk, head]) await say(id, 'error', by, 'later');
    expect(outcome(await say(id, 'fatal', head, 'once more'))).toEqual(['applied', null]);
    const told = await words(id);
    expect(told).toHaveLength(1);
    expect(told).toMatchObject([{ severity: 'fatal', by: head, reason: 'never opened' }]);
  });

  it('comes too late for a filing that has its number', async () => {
    const filing = await submitFiling(open.client, '9900', randomUUID());
    await desk.take(filing.id, clerk);
    const incomingNumber = `9900-26-${String((await desk.lease('incoming', 1)).first).padStart(6, '0')}`;
    const registering = { registeredAt: NOW, verdict: 'valid' as const, flagged: false, defects: [], caseNumber: null, joinsCase: null };
    expect((await desk.send('filing.register', { filingId: filing.id, incomingNumber, ...registering }, clerk)).outcome).toBe('applied');
    for (const [severity, by] of [
      ['error', clerk],
      ['fatal', head],
    ] as const)
      expect(outcome(await say(filing.id, severity, by, 'afterwards'))).toEqual(['conflict', 'move-not-allowed']);
    expect(await words(filing.id)).toBeUndefined();
  });
});
