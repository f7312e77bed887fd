import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCore, type Core, type ShellServices } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { CHANNELS, type ChannelInput, type ChannelName, type ChannelOutput, type PrintOutcome } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';

type Job = Parameters<ShellServices['printDocument']>[0];
const PRINTED: PrintOutcome = { printed: true, printer: null, savedAs: null, problem: null };

describe('printing through the core', () => {
  let office: TrainingOffice;
  let core: Core;
  let answer: Result<PrintOutcome> = ok(PRINTED);
  const jobs: Job[] = [];

  beforeAll(async () => {
    office = await trainingOffice();
    for (const sample of office.samples) await office.submit(sample);
    const { clock, newId } = office.desk.config;
    office.desk.close();
    core = must(
      await openCore(
        {
          profileDir: office.profileDir,
          dataKey: must(openDataKey(office.profileDir, { kind: 'open' })),
          resourcesDir: RESOURCES,
          registryUrl: null,
          clock,
          newId,
          version: '0.0.0',
        },
        {
          tokenHost: createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') })),
          shell: {
            chooseDocuments: () => Promise.resolve(ok([])),
            publishDocument: () => Promise.resolve('app://kense/document/0'),
            saveDocument: () => Promise.resolve(ok(null)),
            ...withoutPrinter,
            listPrinters: () => Promise.resolve([{ name: 'office', title: 'Office' }]),
            printDocument: (job) => (jobs.push(job), Promise.resolve(answer)),
          },
        },
      ),
    );
    core.startBackground();
  });
  afterAll(async () => {
    await core.close();
    await office.registry.close();
  });

  async function call<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<Result<ChannelOutput<C>>> {
    const result = (await core.call({ channel, input }, { trusted: true })) as Result<ChannelOutput<C>>;
    if (result.ok) expect(CHANNELS[channel].output.safeParse(result.value).error, channel).toBeUndefined();
    return result;
  }
  const online = () => expect.poll(async () => must(await call('sync.status', {})).online, { timeout: 30_000 }).toBe(true);
  const signIn = async (role: string) => must(await call('session.sign-in', { optionId: `${role}.p12` }));
  const anyDocument = async () => {
    const look = async () => {
      const { rows } = must(await call('queue.list', { view: 'all' }));
      for (const { id } of rows) {
        const { documents } = must(await call('filing.get', { id }));
        const pdf = documents.find(({ contentType, state }) => contentType === 'pdf' && state === 'stored');
        if (pdf) return { filingId: id, pdf };
      }
      return null;
    };
    await expect.poll(look, { timeout: 30_000 }).not.toBeNull();
    return (await look())!;
  };

  it('gives the shell the bytes of the paper and the printer that the desk remembers, and keeps who printed what', async () => {
    await online();
    await signIn('secretary');
    const { filingId, pdf } = await anyDocument();
    answer = ok({ ...PRINTED, printer: 'office' });
    must(await call('settings.set', { printer: 'office', printSilently: true }));
    jobs.length = 0;
    expect(must(await call('print.paper', { paper: 'document', id: pdf.id, silent: false }))).toMatchObject({ printed: true });
    expect(jobs).toMatchObject([{ sha256: pdf.sha256, contentType: 'application/pdf', printer: 'office', silent: true }]);
    const { history } = must(await call('filing.get', { id: filingId }));
    expect(history.map(({ action }) => action)).toContain('paper.printed');
  });

  it('keeps a paper that no printer took until it is printed, and lists it for whoever asked alone', async () => {
    const { pdf } = await anyDocument();
    answer = ok({ printed: false, printer: 'office', savedAs: 'a.pdf', problem: 'printer-gone' });
    must(await call('print.paper', { paper: 'document', id: pdf.id, silent: true }));
    must(await call('print.paper', { paper: 'document', id: pdf.id, silent: true }));
    expect(must(await call('print.waiting', {}))).toMatchObject([{ paper: 'document', id: pdf.id, problem: 'printer-gone' }]);
    await signIn('judge');
    expect(must(await call('print.waiting', {}))).toEqual([]);
    await signIn('secretary');
    answer = ok(PRINTED);
    must(await call('print.paper', { paper: 'document', id: pdf.id, silent: false }));
    expect(must(await call('print.waiting', {}))).toEqual([]);
  });

  it('says of a dialog that was closed, and of a paper that could not be drawn, that it was asked for and not printed', async () => {
    const { filingId, pdf } = await anyDocument();
    const historyOf = async () => must(await call('filing.get', { id: filingId })).history.map(({ action }) => action);
    const before = await historyOf();
    answer = ok({ ...PRINTED, printed: false });
    must(await call('print.paper', { paper: 'document', id: pdf.id, silent: false }));
    answer = fail('document-unreadable');
    expect(await call('print.paper', { paper: 'document', id: pdf.id, silent: false })).toMatchObject({ ok: false });
    const told = ['paper.print-stopped', 'paper.print-asked'];
    expect(await historyOf()).toEqual([...told, ...told, ...before]);
    expect(must(await call('print.waiting', {}))).toEqual([]);
  });

  it('prints no talon for a judge, no act for the office, and nothing for somebody who is not there', async () => {
    const { filingId } = await anyDocument();
    jobs.length = 0;
    expect(await call('print.paper', { paper: 'act', id: filingId, silent: false })).toMatchObject({ error: { code: 'role-not-allowed' } });
    expect(await call('print.paper', { paper: 'document', id: filingId, silent: false })).toMatchObject({ error: { code: 'not-found' } });
    expect(await call('print.paper', { paper: 'talon', id: filingId, silent: false })).toMatchObject({ ok: false });
    await signIn('judge');
    expect(await call('print.paper', { paper: 'talon', id: filingId, silent: false })).toMatchObject({
      error: { code: 'role-not-allowed' },
    });
    must(await call('session.sign-out', {}));
    expect(await call('print.paper', { paper: 'talon', id: filingId, silent: false })).toMatchObject({ error: { code: 'not-signed-in' } });
    expect(jobs).toEqual([]);
  });

  it('prints a talon itself once, and after that copies that are numbered; a dialog that was closed is none', async () => {
    await signIn('secretary');
    const { filingId } = await anyDocument();
    await expect.poll(async () => must(await call('filing.get', { id: filingId })).intake, { timeout: 30_000 }).not.toBe('arriving');
    const open = must(await call('filing.get', { id: filingId }));
    const flagged = must(await call('filing.flag', { id: filingId, revision: open.revision, defects: [{ code: 'form', note: null }] }));
    const { filing } = must(await call('filing.register', { id: filingId, revision: flagged.revision, joinsCase: null }));
    jobs.length = 0;
    for (const printed of [true, false, true]) {
      answer = ok({ ...PRINTED, printed });
      must(await call('print.paper', { paper: 'talon', id: filingId, silent: false }));
    }
    expect(jobs[0]).toMatchObject({ sha256: filing.talon!.sha256, fileName: `talon-${filing.incomingNumber}.pdf` });
    expect(jobs[2]).toMatchObject({ fileName: `talon-${filing.incomingNumber}-2.pdf` });
    expect(jobs[2]!.sha256).not.toBe(filing.talon!.sha256);
    const { history } = must(await call('filing.get', { id: filingId }));
    expect(history.filter(({ action }) => action === 'talon.printed')).toHaveLength(1);
    expect(history.filter(({ action }) => action === 'talon.copied').map(({ details }) => details['number'])).toEqual([2]);
  });
});
