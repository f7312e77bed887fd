import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILING_STATES } from '../../../shared/domain/filing-status.ts';
import { DECIDED_STATE, DECISIONS, rulingOf } from '../../../shared/domain/decision.ts';
import type { CommandAnswer, CommandPayload, FilingSubmission } from '../../../shared/registry/index.ts';
import { keepUser, sha256, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

const REGISTERED_AT = '2026-11-21T09:58:07Z';

describeOnEveryDatabase('commands', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  let clerk: string;
  let head: string;
  let judge: string;
  let retired: string;
  let nextIncoming: number;
  let nextCase: number;

  beforeAll(async () => {
    open = await openRegistry(fresh);
    desk = await open.desk();
    clerk = await keepUser(open.client, open.registry, '9900', ['secretary']);
    head = await keepUser(open.client, open.registry, '9900', ['office-head']);
    judge = await keepUser(open.client, open.registry, '9900', ['judge']);
    retired = await keepUser(open.client, open.registry, '9900', ['secretary', 'judge'], { active: false });
    nextIncoming = (await desk.lease('incoming', 500)).first;
    nextCase = (await desk.lease('case', 500)).first;
  });
  afterAll(() => open?.registry.close());

  const incoming = (sequence = nextIncoming++) => `9900-26-${String(sequence).padStart(6, '0')}`;
  const caseNumber = (sequence = nextCase++) => `9900-26-00-2/${sequence}`;
  const outcome = ({ outcome, code }: CommandAnswer) => [outcome, code];
  const submit = (title: string = randomUUID(), more: Partial<FilingSubmission> = {}) => submitFiling(open.client, '9900', title, more);
  /** Takes the filing and registers it, as a desk does. */
  const register = async (
    filingId: string,
    more: Partial<CommandPayload<'filing.register'>> = {},
    by: string | null = clerk,
    from = desk,
  ) => {
    const taken = await from.take(filingId, clerk);
    return from.send(
      'filing.register',
      {
        filingId,
        leaseId: taken.json?.lease?.id ?? null,
        incomingNumber: incoming(),
        caseNumber: null,
        joinsCase: null,
        registeredAt: REGISTERED_AT,
        verdict: 'valid',
        flagged: false,
        defects: [],
        ...more,
      },
      by,
    );
  };
  const issueTalon = async (filingId: string, text: string = randomUUID(), by = clerk) =>
    desk.send('talon.issue', { filingId, ...(await desk.upload(Buffer.from(text))), qr: 'qr' }, by);
  const issueAct = async (filingId: string, state: CommandPayload<'act.issue'>['state'], actId: string = randomUUID(), by = judge) =>
    desk.send(
      'act.issue',
      { actId, filingId, kind: rulingTo(state), ...(await desk.upload(Buffer.from(actId))), level: 'LT', signedAt: NOW, state },
      by,
    );
  const rulingTo = (state: CommandPayload<'act.issue'>['state']) => rulingOf(DECISIONS.find((one) => DECIDED_STATE[one] === state)!);
  const filings = async () => {
    const filings = (await desk.call('listFilings', { query: { limit: 500 } })).json.filings as { id: string; state: string }[];
    return new Map(filings.map((filing) => [filing.id, filing]));
  };
  const feedAfter = async (work: () => Promise<unknown>) => {
    const before = (await desk.feed()).length;
    await work();
    return desk.feed(before);
  };

  it('registering binds the numbers, opens the case and tells the court', async () => {
    const filing = await submit();
    const numbers = { incomingNumber: incoming(), caseNumber: caseNumber() };
    let answer: CommandAnswer | undefined;
    const told = await feedAfter(async () => {
      answer = await register(filing.id, { ...numbers, flagged: true, defects: [{ code: 'no-receipt', note: null }] });
    });
    const state = {
      id: filing.id,
      cabinetNumber: filing.cabinetNumber,
      state: 'registered',
      flagged: true,
      ...numbers,
      joinsCase: null,
      registeredAt: REGISTERED_AT,
      registeredBy: clerk,
      defects: [{ code: 'no-receipt', note: null }],
      talon: null,
      acts: [],
    };
    expect(answer).toEqual({ outcome: 'applied', code: null, filing: state });
    expect(told.map(({ kind, version, subject, at, data }) => ({ kind, version, subject, at, data }))).toEqual([
      { kind: 'case.known', version: 1, subject: numbers.caseNumber, at: NOW, data: { number: numbers.caseNumber, openedBy: filing.id } },
      { kind: 'filing.changed', version: 1, subject: filing.id, at: NOW, data: state },
    ]);
    expect((await filings()).get(filing.id)).toEqual(state);
  });

  it('a repeated register request returns the same number', async () => {
    const filing = await submit();
    const payload = { incomingNumber: incoming(), caseNumber: caseNumber() };
    const id = randomUUID();
    await desk.take(filing.id, clerk);
    const send = () =>
      desk.send(
        'filing.register',
        { filingId: filing.id, ...payload, joinsCase: null, registeredAt: NOW, verdict: 'valid', flagged: false, defects: [] },
        clerk,
        { id },
      );
    const first = await send();
    const told = await feedAfter(async () => {
      await issueTalon(filing.id);
      const again = await Promise.all([send(), send()]);
      expect(again).toEqual([
        { ...first, outcome: 'duplicate' },
        { ...first, outcome: 'duplicate' },
      ]);
    });
    expect(told.map((item) => item.kind)).toEqual(['filing.changed']); // the talon alone
  });

  it('two sendings of one command at the same time apply once', async () => {
    const filing = await submit();
    const id = randomUUID();
    const payload = { filingId: filing.id, incomingNumber: incoming(), caseNumber: null, joinsCase: null };
    const command = { ...payload, registeredAt: NOW, verdict: 'valid' as const, flagged: false, defects: [] };
    await desk.take(filing.id, clerk);
    const told = await feedAfter(async () => {
      const answers = await Promise.all([1, 2, 3, 4].map(() => desk.send('filing.register', command, clerk, { id })));
      expect(answers.map((answer) => answer.outcome).sort()).toEqual(['applied', 'duplicate', 'duplicate', 'duplicate']);
      expect(new Set(answers.map((answer) => answer.filing?.incomingNumber))).toEqual(new Set([payload.incomingNumber]));
    });
    expect(told).toHaveLength(1);
  });

  it('an id used before with other contents is refused and changes nothing', async () => {
    const [one, two] = [await submit(), await submit()];
    const id = randomUUID();
    const send = (filingId: string) => desk.send('filing.send-to-judge', { filingId, judgeId: judge }, clerk, { id });
    await register(one.id);
    await register(two.id);
    expect(outcome(await send(one.id))).toEqual(['applied', null]);
    expect(outcome(await send(two.id))).toEqual(['refused', 'command-id-reused']);
    expect((await filings()).get(two.id)).toMatchObject({ state: 'registered' });
  });

  it('what did not apply may apply later under the same id', async () => {
    const filing = await submit();
    await register(filing.id);
    const bytes = Buffer.from('a talon that comes late');
    const id = randomUUID();
    const payload = { filingId: filing.id, sha256: sha256(bytes), size: bytes.length, qr: 'qr' };
    const send = () => desk.send('talon.issue', payload, clerk, { id });
    expect(outcome(await send())).toEqual(['refused', 'document-missing']);
    expect(outcome(await send())).toEqual(['refused', 'document-missing']);
    await desk.upload(bytes);
    expect(outcome(await send())).toEqual(['applied', null]);
    expect(outcome(await send())).toEqual(['duplicate', null]);
  });

  it('a kind or a version that is not known here needs an update', async () => {
    const filing = await submit();
    const payload = { filingId: filing.id, judgeId: judge };
    for (const envelope of [{ schemaVersion: 2 }, { kind: 'filing.applaud' }, { kind: 'toString' }])
      expect(outcome(await desk.send('filing.send-to-judge', payload, clerk, envelope))).toEqual(['update-needed', 'update-needed']);
  });

  it('a payload of another shape is refused', async () => {
    const filing = await submit();
    const changes = [
      { incomingNumber: 'x' },
      { registeredAt: 'yesterday' },
      { more: 1 },
      { caseNumber: caseNumber(), joinsCase: '9900-26-00-2/1' },
    ];
    for (const more of [...changes, { caseNumber: '9900-26-00-2/1(2)' }, { caseNumber: 'x' }])
      expect(outcome(await register(filing.id, more))).toEqual(['refused', 'input-invalid']);
    expect((await filings()).get(filing.id)).toMatchObject({ state: 'received' });
  });

  describe('the person who did it', () => {
    it('must be known, active and in the right role', async () => {
      const filing = await submit();
      expect(outcome(await register(filing.id, {}, null))).toEqual(['refused', 'user-unknown']);
      expect(outcome(await register(filing.id, {}, randomUUID()))).toEqual(['refused', 'user-unknown']);
      expect(outcome(await register(filing.id, {}, retired))).toEqual(['refused', 'user-inactive']);
      expect(outcome(await register(filing.id, {}, judge))).toEqual(['refused', 'role-not-allowed']);
      expect((await filings()).get(filing.id)).toMatchObject({ state: 'received' });
      expect(outcome(await register(filing.id, {}, head))).toEqual(['applied', null]);

      expect(outcome(await issueTalon(filing.id, 'talon', judge))).toEqual(['refused', 'role-not-allowed']);
      const toJudge = (judgeId: string, by: string) => desk.send('filing.send-to-judge', { filingId: filing.id, judgeId }, by);
      expect(outcome(await toJudge(judge, judge))).toEqual(['refused', 'role-not-allowed']);
      expect(outcome(await toJudge(clerk, clerk))).toEqual(['refused', 'role-not-allowed']);
      expect(outcome(await toJudge(retired, clerk))).toEqual(['refused', 'user-inactive']);
      expect(outcome(await toJudge(randomUUID(), clerk))).toEqual(['refused', 'user-unknown']);
      expect(outcome(await toJudge(judge, head))).toEqual(['applied', null]);

      const actId = randomUUID();
      expect(outcome(await issueAct(filing.id, 'accepted', actId, clerk))).toEqual(['refused', 'role-not-allowed']);
      expect(outcome(await issueAct(filing.id, 'accepted', actId, head))).toEqual(['refused', 'role-not-allowed']);
      expect(outcome(await issueAct(filing.id, 'accepted', actId))).toEqual(['applied', null]);
      const dispatch = (by: string) => desk.send('act.dispatch', { actId, filingId: filing.id, recipients: [] }, by);
      expect(outcome(await dispatch(clerk))).toEqual(['refused', 'role-not-allowed']);
      expect(outcome(await dispatch(judge))).toEqual(['applied', null]);
    });
  });

  describe('numbers', () => {
    it('of another desk, of no block, or of another court are not leased', async () => {
      const filing = await submit();
      const neighbour = await open.desk();
      const foreign = await neighbour.lease('incoming', 1);
      const foreignCase = await neighbour.lease('case', 1);
      const cases: Partial<CommandPayload<'filing.register'>>[] = [
        { incomingNumber: incoming(foreign.first) },
        { incomingNumber: incoming(0) },
        { incomingNumber: incoming(999_999) },
        { incomingNumber: '9901-26-000001' },
        { incomingNumber: '9900-25-000001' },
        { caseNumber: caseNumber(foreignCase.first) },
        { caseNumber: caseNumber(1) }, // known before any block was given
        { caseNumber: '9901-26-00-2/4' },
        { caseNumber: '9900-26-00-2а/4' },
        { caseNumber: '9900-26-00-2/9999999999' },
      ];
      for (const more of cases)
        expect([more, ...outcome(await register(filing.id, more))]).toEqual([more, 'conflict', 'number-not-leased']);
      await desk.keep({ giveBack: [(await desk.take(filing.id, clerk)).json.lease.id] });
      expect(outcome(await register(filing.id, { incomingNumber: incoming(foreign.first), caseNumber: null }, clerk, neighbour))).toEqual([
        'applied',
        null,
      ]);
    });

    it('are given once', async () => {
      const [one, two] = [await submit(), await submit()];
      const numbers = { incomingNumber: incoming(), caseNumber: caseNumber() };
      await register(one.id, numbers);
      expect(outcome(await register(two.id, numbers))).toEqual(['conflict', 'number-taken']);
      expect(outcome(await register(two.id, { incomingNumber: numbers.incomingNumber }))).toEqual(['conflict', 'number-taken']);
      expect(outcome(await register(two.id, { caseNumber: numbers.caseNumber }))).toEqual(['conflict', 'number-taken']);
      expect((await filings()).get(two.id)).toMatchObject({ state: 'received', incomingNumber: null, caseNumber: null });
    });

    it('a filing registered by two desks keeps the first numbers', async () => {
      const filing = await submit();
      const neighbour = await open.desk();
      const theirs = await neighbour.lease('incoming', 1);
      const answers = await Promise.all([
        register(filing.id),
        register(filing.id, { incomingNumber: incoming(theirs.first) }, clerk, neighbour),
      ]);
      expect(answers.map((answer) => answer.outcome).sort()).toEqual(['applied', 'conflict']);
      expect(['already-registered', 'lease-held', 'lease-missing']).toContain(
        answers.find((answer) => answer.outcome === 'conflict')!.code,
      );
      const held = answers.find((answer) => answer.outcome === 'applied')!.filing;
      expect((await filings()).get(filing.id)).toEqual(held);
    });
  });

  it('a filing joins only a case that the court knows', async () => {
    const [claim, motion, request] = [await submit(), await submit(), await submit()];
    const number = caseNumber();
    expect(outcome(await register(motion.id, { joinsCase: number }))).toEqual(['conflict', 'case-unknown']);
    await register(claim.id, { caseNumber: number });
    expect((await register(motion.id, { joinsCase: number })).filing).toMatchObject({ joinsCase: number, caseNumber: null });
    expect((await register(request.id, { joinsCase: '9900-26-00-2/3' })).outcome).toBe('applied');
  });

  it('a talon is issued after registering, whole, and once', async () => {
    const filing = await submit();
    expect(outcome(await issueTalon(filing.id))).toEqual(['conflict', 'move-not-allowed']);
    await register(filing.id);
    const { sha256: hash, size } = await desk.upload(Buffer.from('the talon'));
    const resized = await desk.send('talon.issue', { filingId: filing.id, sha256: hash, size: size + 1, qr: '' }, clerk);
    expect(outcome(resized)).toEqual(['refused', 'document-missing']);
    const issued = await desk.send('talon.issue', { filingId: filing.id, sha256: hash, size, qr: '' }, clerk);
    expect(issued.filing?.talon).toEqual({ sha256: hash, issuedAt: NOW });
    expect(outcome(await issueTalon(filing.id))).toEqual(['conflict', 'talon-issued']);
    expect(((await filings()).get(filing.id) as { talon?: unknown } | undefined)?.talon).toEqual({ sha256: hash, issuedAt: NOW });
  });

  it.each(['accepted', 'returned', 'refused', 'transferred'] as const)(
    'a signed ruling moves the filing to %s, and nothing moves it back',
    async (state) => {
      const filing = await submit();
      expect(outcome(await issueAct(filing.id, state))).toEqual(['conflict', 'move-not-allowed']);
      await register(filing.id);
      await desk.send('filing.send-to-judge', { filingId: filing.id, judgeId: judge }, clerk);
      const actId = randomUUID();
      const issued = await issueAct(filing.id, state, actId);
      expect(issued.filing).toMatchObject({ state, acts: [{ id: actId, kind: rulingTo(state), signedAt: NOW, dispatched: false }] });
      expect(outcome(await issueAct(filing.id, state, actId))).toEqual(['conflict', 'act-issued']);
      expect(outcome(await issueAct(filing.id, 'accepted'))).toEqual(['conflict', 'move-not-allowed']);
      const toJudge = await desk.send('filing.send-to-judge', { filingId: filing.id, judgeId: judge }, clerk);
      expect(outcome(toJudge)).toEqual(['conflict', 'move-not-allowed']);
      expect(outcome(await register(filing.id))).toEqual(['conflict', 'already-registered']);
      expect((await filings()).get(filing.id)).toMatchObject({ state, acts: [{ id: actId }] });
    },
  );

  it('what a ruling decides and the terms that it began are told to the court, and a ruling leads where its kind leads', async () => {
    const filing = await submit();
    await register(filing.id);
    const term = { id: 'gpk.private_complaint', dueAt: '2026-12-07T19:00:00Z' };
    const decision = { grounds: ['34.2'], transferTo: { code: '1094', name: 'Абай облысының соты' }, terms: [term] };
    const paper = await desk.upload(Buffer.from(randomUUID()));
    const issue = { actId: randomUUID(), filingId: filing.id, kind: 'ruling-transfer', ...paper, level: 'B', signedAt: NOW } as const;
    const toOwnCourt = { ...decision, transferTo: { code: '9900', name: 'осы сот' } };
    for (const unfit of [
      { ...issue, state: 'accepted', decision: { ...decision, transferTo: null } },
      { ...issue, kind: 'ruling-accept', state: 'transferred', decision },
      { ...issue, state: 'transferred', decision: { ...decision, transferTo: null } },
      { ...issue, state: 'transferred', decision: toOwnCourt },
      { ...issue, kind: 'ruling-refuse', state: 'refused', decision },
    ] as const)
      expect(outcome(await desk.send('act.issue', unfit, judge))).toEqual(['refused', 'input-invalid']);
    expect((await filings()).get(filing.id)).toMatchObject({ state: 'registered', acts: [] });

    const told = await feedAfter(() => desk.send('act.issue', { ...issue, state: 'transferred', decision }, judge));
    expect(told.at(-1)).toMatchObject({ kind: 'filing.changed', data: { state: 'transferred', acts: [{ id: issue.actId, decision }] } });
    await desk.send('act.dispatch', { actId: issue.actId, filingId: filing.id, recipients: [{ name: 'Әлия', channel: 'cabinet' }] }, judge);
    const status = await open.client.call('readFilingStatus', { path: { number: filing.cabinetNumber } });
    expect(status.json).toMatchObject({ state: 'transferred', acts: [{ kind: 'ruling-transfer', decision }] });
  });

  it('an act of another kind moves nothing and is told with its name and its terms; only what was asked for is fulfilled by one', async () => {
    const [claim, application] = [await submit(), await submit(randomUUID(), { kind: 'court_order_app' })];
    const paper = await desk.upload(Buffer.from(randomUUID()));
    const act = { ...paper, level: 'B', signedAt: NOW } as const;
    const certificate = { ...act, actId: randomUUID(), filingId: claim.id, kind: 'certificate', title: 'Анықтама', state: null } as const;
    expect(outcome(await desk.send('act.issue', certificate, judge)), 'before it is registered').toEqual(['conflict', 'move-not-allowed']);
    await register(claim.id);
    await register(application.id);
    const terms = [{ id: 'gpk.order.send', dueAt: '2026-12-07T19:00:00Z' }];
    const order = {
      ...act,
      actId: randomUUID(),
      filingId: application.id,
      kind: 'court-order',
      title: 'Сот бұйрығы',
      state: 'fulfilled',
      terms,
    } as const;
    for (const unfit of [
      { ...order, filingId: claim.id },
      { ...certificate, kind: 'ruling-accept' },
    ] as const)
      expect(outcome(await desk.send('act.issue', unfit, judge))).toEqual(['refused', 'input-invalid']);
    expect(outcome(await desk.send('act.issue', certificate, clerk))).toEqual(['refused', 'role-not-allowed']);
    expect((await filings()).get(claim.id)).toMatchObject({ state: 'registered', acts: [] });

    expect((await desk.send('act.issue', certificate, judge)).filing).toMatchObject({ state: 'registered', acts: [{ title: 'Анықтама' }] });
    expect((await desk.send('act.issue', order, judge)).filing).toMatchObject({
      state: 'fulfilled',
      acts: [{ kind: 'court-order', terms }],
    });
    const again = { ...order, actId: randomUUID() };
    expect(outcome(await desk.send('act.issue', again, judge))).toEqual(['conflict', 'move-not-allowed']);
    await desk.send(
      'act.dispatch',
      { actId: order.actId, filingId: application.id, recipients: [{ name: 'Әлия', channel: 'cabinet' }] },
      judge,
    );
    const status = await open.client.call('readFilingStatus', { path: { number: application.cabinetNumber } });
    expect(status.json).toMatchObject({ state: 'fulfilled', acts: [{ kind: 'court-order', title: 'Сот бұйрығы', terms }] });
  });

  it('a filing that was put before a judge is decided by this judge alone, who alone issues acts on it, and the court is told who it is', async () => {
    const filing = await submit();
    await register(filing.id);
    const other = await keepUser(open.client, open.registry, '9900', ['judge']);
    expect((await desk.send('filing.send-to-judge', { filingId: filing.id, judgeId: judge }, clerk)).outcome).toBe('applied');
    expect(outcome(await issueAct(filing.id, 'accepted', randomUUID(), other))).toEqual(['refused', 'role-not-allowed']);
    expect((await filings()).get(filing.id)).toMatchObject({ state: 'with-judge', acts: [] });
    const paper = await desk.upload(Buffer.from(randomUUID()));
    const certificate = { actId: randomUUID(), filingId: filing.id, kind: 'certificate', ...paper, level: 'B', signedAt: NOW } as const;
    const issue = { ...certificate, title: 'Анықтама', state: null };
    expect(outcome(await desk.send('act.issue', issue, other))).toEqual(['refused', 'role-not-allowed']);
    expect((await filings()).get(filing.id)).toMatchObject({ judge, acts: [] });
    expect((await desk.send('act.issue', issue, judge)).outcome).toBe('applied');
    expect((await issueAct(filing.id, 'accepted')).filing).toMatchObject({ state: 'accepted' });
  });

  it('only a ruling of decision decides, and an application is fulfilled by the act it asks for alone', async () => {
    const application = await submit(randomUUID(), { kind: 'court_order_app' });
    await register(application.id);
    const paper = await desk.upload(Buffer.from(randomUUID()));
    const act = { actId: randomUUID(), filingId: application.id, ...paper, level: 'B', signedAt: NOW } as const;
    for (const kind of ['certificate', 'free-act', 'court-order', 'ruling', 'ruling-prep'])
      for (const state of ['accepted', 'returned', 'refused', 'transferred'] as const)
        expect(outcome(await desk.send('act.issue', { ...act, kind, state }, judge)), `${kind} ${state}`).toEqual([
          'refused',
          'input-invalid',
        ]);
    for (const kind of ['certificate', 'free-act', 'ruling', 'ruling-accept'])
      expect(outcome(await desk.send('act.issue', { ...act, kind, state: 'fulfilled' }, judge)), kind).toEqual([
        'refused',
        'input-invalid',
      ]);
    expect((await filings()).get(application.id)).toMatchObject({ state: 'registered', acts: [] });
    expect((await desk.send('act.issue', { ...act, kind: 'court-order', state: 'fulfilled' }, judge)).filing?.state).toBe('fulfilled');
  });

  it('a ruling on a registered filing passes through the judge', async () => {
    const filing = await submit();
    await register(filing.id);
    expect((await issueAct(filing.id, 'accepted')).filing).toMatchObject({ state: 'accepted' });
  });

  it('an act is uploaded before it is issued, and issued before it is dispatched', async () => {
    const [filing, another] = [await submit(), await submit()];
    await register(filing.id);
    await register(another.id);
    const act = { actId: randomUUID(), filingId: filing.id };
    const missing = {
      ...act,
      kind: 'ruling-accept',
      sha256: sha256('never uploaded'),
      size: 14,
      level: 'B',
      signedAt: NOW,
      state: 'accepted',
    } as const;
    expect(outcome(await desk.send('act.issue', missing, judge))).toEqual(['refused', 'document-missing']);
    const recipients = [{ name: 'Әлия', channel: 'cabinet' as const }];
    expect(outcome(await desk.send('act.dispatch', { ...act, recipients }, judge))).toEqual(['refused', 'not-found']);
    await issueAct(filing.id, 'accepted', act.actId);
    expect(outcome(await desk.send('act.dispatch', { ...act, filingId: another.id, recipients }, judge))).toEqual(['refused', 'not-found']);
    for (let times = 0; times < 2; times++)
      expect((await desk.send('act.dispatch', { ...act, recipients }, judge)).filing?.acts).toEqual([
        expect.objectContaining({ id: act.actId, dispatched: true }),
      ]);
  });

  it('commands about a filing that is not there are refused', async () => {
    const nowhere = randomUUID();
    expect(outcome(await register(nowhere))).toEqual(['refused', 'not-found']);
    expect(outcome(await issueTalon(nowhere))).toEqual(['refused', 'not-found']);
    expect(outcome(await issueAct(nowhere, 'accepted'))).toEqual(['refused', 'not-found']);
  });

  it('a journal that became shorter or another one is noticed', async () => {
    const writer = await open.desk();
    const anchor = (entries: number, text: string, from = writer) => from.send('journal.anchor', { entries, head: sha256(text) }, null);
    const told = await feedAfter(async () => {
      expect(outcome(await anchor(10, 'ten'))).toEqual(['applied', null]);
      expect(outcome(await anchor(10, 'ten'))).toEqual(['applied', null]);
      expect(outcome(await anchor(10, 'another ten'))).toEqual(['conflict', 'journal-rolled-back']);
      expect(outcome(await anchor(9, 'nine'))).toEqual(['conflict', 'journal-rolled-back']);
      expect(outcome(await anchor(11, 'eleven'))).toEqual(['applied', null]);
      expect(outcome(await anchor(10, 'ten'))).toEqual(['conflict', 'journal-rolled-back']);
      expect(outcome(await anchor(Number.MAX_SAFE_INTEGER, 'too many'))).toEqual(['refused', 'input-invalid']);
      expect(outcome(await anchor(1, 'one', await open.desk()))).toEqual(['applied', null]);
    });
    expect(told).toEqual([]);
  });

  it('a journal that is not the anchored one is taken when a person of the office says so, and only then', async () => {
    const writer = await open.desk();
    const anchor = (entries: number, text: string) => writer.send('journal.anchor', { entries, head: sha256(text) }, null);
    for (const entries of [5, 10]) await anchor(entries, String(entries));
    const decision = {
      entries: 7,
      head: sha256('seven'),
      finding: 'journal-rolled-back',
      lastGood: 5,
      reason: 'the disk was replaced',
    } as const;
    for (const by of [clerk, judge])
      expect(outcome(await writer.send('journal.accept', decision, by))).toEqual(['refused', 'role-not-allowed']);
    expect(outcome(await writer.send('journal.accept', { ...decision, reason: '' }, head))).toEqual(['refused', 'input-invalid']);
    expect(outcome(await anchor(8, 'eight'))).toEqual(['conflict', 'journal-rolled-back']);
    const taken = await writer.send('journal.accept', decision, head);
    expect(taken).toMatchObject({ outcome: 'applied', receipt: { entries: 7, head: decision.head } });
    expect(outcome(await anchor(8, 'eight'))).toEqual(['applied', null]);
    const held = (await writer.call('listJournalAnchors')).json.anchors.map((a: { entries: number }) => a.entries);
    expect(held).toEqual([8, 7, 5]);
  });

  it('every state that a filing reached here is one of the workflow', async () => {
    const states = new Set([...(await filings()).values()].map((filing) => filing.state));
    expect(states.size).toBeGreaterThan(4);
    for (const state of states) expect(FILING_STATES).toContain(state);
  });
});
