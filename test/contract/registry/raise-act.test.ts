import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandAnswer, CommandPayload } from '../../../shared/registry/index.ts';
import { keepUser, sha256, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

describeOnEveryDatabase('an issued act whose signature is raised', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  let clerk: string;
  let judge: string;
  let next: number;
  beforeAll(async () => {
    open = await openRegistry(fresh);
    desk = await open.desk();
    clerk = await keepUser(open.client, open.registry, '9900', ['secretary']);
    judge = await keepUser(open.client, open.registry, '9900', ['judge']);
    next = (await desk.lease('incoming', 50)).first;
  });
  afterAll(() => open?.registry.close());

  /** Larger than one piece of a stream, so that pieces end at different places. */
  const issued = async (bytes = randomBytes(300_000)) => {
    const filing = await submitFiling(open.client, '9900', randomUUID());
    await desk.take(filing.id, clerk);
    const registering = { registeredAt: NOW, verdict: 'valid' as const, flagged: false, defects: [], caseNumber: null, joinsCase: null };
    const incomingNumber = `9900-26-${String(next++).padStart(6, '0')}`;
    await desk.send('filing.register', { filingId: filing.id, incomingNumber, ...registering }, clerk);
    const act = { actId: randomUUID(), filingId: filing.id, ...(await desk.upload(bytes)) };
    const answer = await desk.send('act.issue', { ...act, kind: 'ruling-accept', level: 'B', signedAt: NOW, state: 'accepted' }, judge);
    expect(answer.outcome).toBe('applied');
    return { ...filing, ...act, bytes };
  };
  type Issued = Awaited<ReturnType<typeof issued>>;
  const raise = async (act: Issued, bytes: Buffer, more: Partial<CommandPayload<'act.raise'>> = {}) => {
    const { actId, filingId, sha256: from } = act;
    return desk.send('act.raise', { actId, filingId, from, ...(await desk.upload(bytes)), level: 'T', ...more }, null);
  };
  const outcome = ({ outcome, code }: CommandAnswer) => [outcome, code];
  const held = async (act: Issued) => {
    const { filings } = (await desk.call('listFilings', { query: { limit: 500 } })).json as {
      filings: { acts: { id: string; sha256: string }[] }[];
    };
    return filings.flatMap(({ acts }) => acts).find(({ id }) => id === act.actId)!.sha256;
  };

  it('is the same bytes with something after them, by the workstation itself, and the desks are told', async () => {
    const act = await issued();
    const raised = Buffer.concat([act.bytes, Buffer.from('a timestamp')]);
    const before = (await desk.feed()).length;
    const answer = await raise(act, raised);
    expect(answer).toMatchObject({ outcome: 'applied', filing: { acts: [{ id: act.actId, sha256: sha256(raised), signedAt: NOW }] } });
    const [item] = await desk.feed(before);
    expect(item).toMatchObject({ kind: 'filing.changed', data: { acts: [{ id: act.actId, sha256: sha256(raised) }] } });
    await desk.send('act.dispatch', { actId: act.actId, filingId: act.filingId, recipients: [] }, judge);
    const read = await open.client.call('readAct', { path: { number: act.cabinetNumber, actId: act.actId } });
    expect(read.bytes.equals(raised)).toBe(true);
    const check = async (number: string) => (await open.client.call('checkPaper', { path: { number } })).json;
    expect(await check(act.sha256)).toMatchObject({ found: true, original: { paper: 'act', sha256: act.sha256 } });
    expect(await check(sha256(raised))).toMatchObject({ found: true, original: { paper: 'act', sha256: sha256(raised) } });
  });

  it('neither changes nor loses a byte of what was issued', async () => {
    const act = await issued();
    const changed = Buffer.concat([act.bytes, Buffer.from('more')]);
    changed[250_000] = changed[250_000]! ^ 1;
    for (const bytes of [changed, act.bytes.subarray(0, 200_000), Buffer.concat([Buffer.from('x'), act.bytes])])
      expect(outcome(await raise(act, bytes))).toEqual(['refused', 'input-invalid']);
    expect(await held(act)).toBe(act.sha256);
  });

  it('goes up by the version that the registry holds, once, and only up', async () => {
    const act = await issued();
    const [t, lt] = [Buffer.concat([act.bytes, Buffer.from('T')]), Buffer.concat([act.bytes, Buffer.from('T and LT')])];
    expect(outcome(await raise(act, lt, { from: sha256('another') }))).toEqual(['conflict', 'act-outdated']);
    expect(outcome(await raise(act, t))).toEqual(['applied', null]);
    expect(outcome(await raise(act, lt, { level: 'LT' }))).toEqual(['conflict', 'act-outdated']);
    expect(outcome(await raise(act, lt, { from: sha256(t) }))).toEqual(['conflict', 'act-outdated']);
    expect(outcome(await raise(act, lt, { from: sha256(t), level: 'LT' }))).toEqual(['applied', null]);
    expect(await held(act)).toBe(sha256(lt));
  });

  it('is refused when its bytes did not come, or nothing was issued', async () => {
    const act = await issued();
    const raised = Buffer.concat([act.bytes, Buffer.from('T')]);
    const payload = {
      actId: act.actId,
      filingId: act.filingId,
      from: act.sha256,
      sha256: sha256(raised),
      size: raised.length,
      level: 'T',
    } as const;
    expect(outcome(await desk.send('act.raise', payload, null))).toEqual(['refused', 'document-missing']);
    expect(outcome(await raise(act, raised, { size: raised.length + 1 }))).toEqual(['refused', 'document-missing']);
    expect(outcome(await raise(act, raised, { actId: randomUUID() }))).toEqual(['refused', 'not-found']);
    expect(await held(act)).toBe(act.sha256);
  });
});
