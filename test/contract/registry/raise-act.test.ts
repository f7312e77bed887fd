import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandAnswer, CommandPayload } from '../../../shared/registry/index.ts';
import { sealedPdf, textStream, withProofs, withTimestamp, withUpdate, type Rewriting } from '../../support/documents/raised-act.ts';
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

  const issued = async () => {
    const bytes = await sealedPdf('Талап қанағаттандырылсын. '.repeat(40));
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

  it('is the same bytes with a timestamp after them, by the workstation itself, and the desks are told', async () => {
    const act = await issued();
    const raised = await withTimestamp(act.bytes);
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

  it('is raised by nobody but the workstation that issued it', async () => {
    const act = await issued();
    const raised = await withTimestamp(act.bytes);
    const neighbour = await open.desk();
    const payload = {
      actId: act.actId,
      filingId: act.filingId,
      from: act.sha256,
      ...(await neighbour.upload(raised)),
      level: 'T',
    } as const;
    expect(outcome(await neighbour.send('act.raise', payload, null))).toEqual(['conflict', 'move-not-allowed']);
    expect(await held(act)).toBe(act.sha256);
    expect(outcome(await raise(act, raised))).toEqual(['applied', null]);
  });

  it('neither changes nor loses a byte of what was issued', async () => {
    const act = await issued();
    const changed = await withTimestamp(act.bytes);
    changed[250] = changed[250]! ^ 1;
    for (const bytes of [changed, act.bytes.subarray(0, 2_000), Buffer.concat([Buffer.from('x'), await withTimestamp(act.bytes)])])
      expect(outcome(await raise(act, bytes))).toEqual(['refused', 'input-invalid']);
    expect(await held(act)).toBe(act.sha256);
  });

  const OTHER_TEXT: [string, (rewriting: Rewriting) => void][] = [
    [
      'a page that shows another text',
      ({ update, pageRef, rewrite }) => rewrite(pageRef, { Contents: update.add(textStream('Refused.')) }),
    ],
    ['a text written over that of a page', ({ update, page }) => update.replace(page.get('Contents') as never, textStream('Refused.'))],
    [
      'other pages',
      ({ file, update, pageRef, rewrite }) => {
        const pages = update.add(`<< /Type /Pages /Kids [${pageRef.number} 0 R ${pageRef.number} 0 R] /Count 2 >>`);
        rewrite(file.trailer.get('Root') as never, { Pages: pages });
      },
    ],
    [
      'a note over a page',
      ({ update, pageRef, page, file, rewrite }) => {
        const note = update.add('<< /Type /Annot /Subtype /FreeText /Rect [0 0 600 800] /Contents (Refused) >>');
        rewrite(pageRef, { Annots: { kind: 'array', items: [...(file.array(page.get('Annots')) ?? []), note] } });
      },
    ],
    ['an object that nothing asks for', ({ update }) => void update.add(textStream('Refused.'))],
  ];
  for (const [what, work] of OTHER_TEXT)
    it(`is not replaced by a file with ${what}, with or without a timestamp`, async () => {
      const act = await issued();
      const other = withUpdate(act.bytes, work);
      for (const bytes of [other, await withTimestamp(other), withUpdate(await withTimestamp(act.bytes), work)])
        expect(outcome(await raise(act, bytes))).toEqual(['refused', 'input-invalid']);
      expect(await held(act)).toBe(act.sha256);
    });

  it('is not replaced by a timestamp that covers a page, nor by loose bytes after one', async () => {
    const act = await issued();
    const raised = await withTimestamp(act.bytes);
    const seen = Buffer.from(raised);
    seen.write('/Rect [0 0 9 9]', seen.lastIndexOf('/Rect [0 0 0 0]'), 'latin1');
    const loose = Buffer.concat([raised, Buffer.from(`1 0 obj\n<< /Type /Catalog >>\nendobj\n`)]);
    const noted = Buffer.concat([raised, Buffer.from('% a word\n')]);
    for (const bytes of [seen, loose, noted, Buffer.concat([act.bytes, Buffer.from('a timestamp')])])
      expect(outcome(await raise(act, bytes))).toEqual(['refused', 'input-invalid']);
    expect(await held(act)).toBe(act.sha256);
    expect(outcome(await raise(act, raised))).toEqual(['applied', null]);
  });

  it('goes up by the version that the registry holds, once, and only up', async () => {
    const act = await issued();
    const t = await withTimestamp(act.bytes);
    const lt = withProofs(t);
    expect(outcome(await raise(act, t, { from: sha256('another') }))).toEqual(['conflict', 'act-outdated']);
    expect(outcome(await raise(act, t))).toEqual(['applied', null]);
    expect(outcome(await raise(act, lt, { level: 'LT' }))).toEqual(['conflict', 'act-outdated']);
    expect(outcome(await raise(act, lt, { from: sha256(t) }))).toEqual(['conflict', 'act-outdated']);
    expect(outcome(await raise(act, lt, { from: sha256(t), level: 'LT' }))).toEqual(['applied', null]);
    expect(await held(act)).toBe(sha256(lt));
  });

  it('is of no level for which its bytes have nothing, and never of the last', async () => {
    const act = await issued();
    const t = await withTimestamp(act.bytes);
    const lt = withProofs(t);
    const claims = [
      [t, 'LT'],
      [t, 'LTA'],
      [lt, 'T'],
      [lt, 'LTA'],
      [withProofs(act.bytes), 'LT'],
      [withProofs(act.bytes), 'T'],
      [await withTimestamp(lt), 'LTA'],
    ] as const;
    for (const [bytes, level] of claims) expect(outcome(await raise(act, bytes, { level }))).toEqual(['refused', 'input-invalid']);
    expect(await held(act)).toBe(act.sha256);
    expect(outcome(await raise(act, lt, { level: 'LT' }))).toEqual(['applied', null]);
  });

  it('is refused when its bytes did not come, or nothing was issued', async () => {
    const act = await issued();
    const raised = await withTimestamp(act.bytes);
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
