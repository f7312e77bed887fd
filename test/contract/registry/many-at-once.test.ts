import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NumberBlock } from '../../../shared/registry/index.ts';
import { keepUser, makeDeskKey, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { makeSubmission, submitFiling } from '../../support/registry/filer.ts';
import { ALMATY, ASTANA, NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describeOnEveryDatabase('many desks and filers at once', (fresh) => {
  let open: OpenRegistry;
  let desks: Desk[];

  beforeAll(async () => {
    open = await openRegistry(fresh, { courts: [ALMATY, ASTANA] });
    desks = await times(3, () => open.desk(ALMATY.code));
  });
  afterAll(() => open?.registry.close());

  it('the feed of a court has no gap and no item twice, and cabinet numbers are unique', async () => {
    const sent = await times(30, (index) => submitFiling(open.client, index % 3 === 0 ? ASTANA.code : ALMATY.code, `at once ${index}`));
    expect(new Set(sent.map((filing) => filing.cabinetNumber)).size).toBe(30);
    const feed = await desks[0]!.feed();
    expect(feed.map((item) => item.seq)).toEqual(feed.map((_, index) => index + 1));
    expect(feed.map((item) => item.subject).sort()).toEqual(
      sent
        .filter((_, index) => index % 3 !== 0)
        .map((filing) => filing.id)
        .sort(),
    );
  });

  it('a submission sent several times with one key is one filing', async () => {
    const { submission, files } = makeSubmission(ALMATY.code, 'pressed twice');
    for (const file of files) await open.client.call('uploadToCabinet', { body: new Uint8Array(file) });
    const before = (await desks[0]!.feed()).length;
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await times(6, () => open.client.call('submitFiling', { json: submission, headers }));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.json))).size).toBe(1);
    expect(await desks[0]!.feed(before)).toHaveLength(1);
  });

  it('blocks of one series never overlap and leave nothing out', async () => {
    const requests = Array.from({ length: 24 }, (_, index) => ({
      desk: desks[index % 3]!,
      requestId: randomUUID(),
      size: 1 + (index % 5),
    }));
    const lease = ({ desk, requestId, size }: (typeof requests)[number]) =>
      desk
        .call('leaseNumbers', { json: { requestId, series: 'case', year: '26', typeIndex: '4к', size } })
        .then((answer) => answer.json as NumberBlock);
    const blocks = await Promise.all([...requests, ...requests].map(lease));
    const different = [...new Map(blocks.map((block) => [block.id, block])).values()].sort((a, b) => a.first - b.first);
    expect(different).toHaveLength(24);
    let next = 1;
    for (const block of different) {
      expect(block.first).toBe(next);
      next = block.last + 1;
    }
    const total = requests.reduce((sum, request) => sum + request.size, 0);
    expect(next).toBe(total + 1);
  });

  it('one number for two filings at once is taken once', async () => {
    const clerk = await keepUser(open.client, open.registry, ALMATY.code, ['secretary']);
    const desk = desks[0]!;
    const block = await desk.lease('incoming', 1);
    const incomingNumber = `${ALMATY.code}-26-${String(block.first).padStart(6, '0')}`;
    const filings = await times(4, (index) => submitFiling(open.client, ALMATY.code, `one number ${index}`));
    for (const filing of filings) await desk.take(filing.id, clerk);
    const answers = await Promise.all(
      filings.map((filing) =>
        desk.send(
          'filing.register',
          {
            filingId: filing.id,
            incomingNumber,
            caseNumber: null,
            joinsCase: null,
            registeredAt: NOW,
            verdict: 'valid',
            flagged: false,
            defects: [],
          },
          clerk,
        ),
      ),
    );
    expect(answers.map((answer) => answer.code ?? answer.outcome).sort()).toEqual([
      'applied',
      'number-taken',
      'number-taken',
      'number-taken',
    ]);
  });

  it('one real enrolment code lets one of many desks in', async () => {
    const real = await openRegistry(fresh, { mode: 'real', courts: [ALMATY] });
    const code = real.registry.courts[0]!.enrolmentCode;
    const enrol = () => real.client.call('enrol', { json: { code, name: 'Desk', training: false, publicKey: makeDeskKey().publicKey } });
    const answers = await times(5, enrol);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403, 403, 403, 403]);
    expect((await real.client.call('listWorkstations', { token: real.registry.adminToken })).json.workstations).toHaveLength(1);
    await real.registry.close();
  });
});
