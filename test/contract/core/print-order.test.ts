import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { finishWork, pull } from '../../../main/core/index.ts';
import { printPaper } from '../../../main/core/print-paper.ts';
import { readDocuments } from '../../../main/intake/index.ts';
import { printsOf } from '../../../main/registration/index.ts';
import type { PrintOutcome, PrintPaper, Session } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

type Parts = Parameters<typeof printPaper>[0];
type Job = Parameters<Parts['shell']['printDocument']>[0];
type Answer = Result<PrintOutcome>;

const PRINTED = ok<PrintOutcome>({ printed: true, printer: null, savedAs: null, problem: null });
const CANCELLED = ok<PrintOutcome>({ printed: false, printer: null, savedAs: null, problem: null });
const NO_PRINTER = ok<PrintOutcome>({ printed: false, printer: null, savedAs: 'a.pdf', problem: 'no-printer' });
const noRoom = (): never => {
  throw Object.assign(new Error('no space left'), { code: 'SQLITE_FULL' });
};

let office: TrainingOffice;
let secretary: string;
let filing: string;
let ids: Readonly<Partial<Record<PrintPaper, string>>>;
beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
  await registerOne();
});
afterAll(() => office.close());
/** Of the filing nobody has printed the talon yet. */
beforeEach(() => (numbers().length > 0 ? registerOne() : undefined));

async function registerOne(): Promise<void> {
  filing = await arrive(office, sampleOf(office, 'good', 'claim'));
  must(register(office, filing, secretary, 'signature'));
  must(await finishWork(office.desk));
  const document = readDocuments(office.desk.store.read, filing).find(({ contentType }) => contentType === 'pdf')!;
  ids = { document: document.id, talon: filing, report: 'incoming/2026-11-01/2026-11-30/kk/' };
}

/** A desk beside which that answers, with room for so many transactions. */
function scene(answer: () => Answer | Promise<Answer>, room = Infinity) {
  const jobs: Job[] = [];
  const { desk } = office;
  const write: typeof desk.store.write = (work) => (room-- > 0 ? desk.store.write(work) : noRoom());
  const parts: Parts = {
    desk: { ...desk, store: { ...desk.store, write } },
    session: { whyLeft: () => null },
    shell: { printDocument: async (job) => (jobs.push(job), answer()) },
  };
  const print = (paper: PrintPaper) => {
    const session = { userId: secretary, name: 'Хатшы', activeRole: paper === 'report' ? 'office-head' : 'secretary' } as Session;
    return printPaper(parts, { paper, id: ids[paper]! }, { session, silent: false });
  };
  return { print, jobs };
}
const entries = (after = 0) =>
  office.desk.store.read
    .all<{ seq: number; actor: string; action: string; details: string }>('SELECT * FROM journal WHERE seq > ? ORDER BY seq', after)
    .filter(({ action }) => /^paper\.|^talon\.(printed|copied)$/.test(action));
const newest = () => office.desk.store.journalHead().entries;
const said = (after: number) => entries(after).map(({ action }) => action);
const numbers = () => printsOf(office.desk.store.read, filing).map(({ number }) => number);
const waiting = () => office.desk.store.read.all('SELECT problem FROM print_waiting WHERE asked_by = ?', secretary);

describe.each(['document', 'talon', 'report'] as const)('a paper on its way to a printer: %s', (paper) => {
  it('stands in the journal as asked for by whom before the printer has it, and as printed after that', async () => {
    const before = newest();
    let asked: ReturnType<typeof entries> = [];
    const { print } = scene(() => ((asked = entries(before)), PRINTED));
    expect(must(await print(paper))).toMatchObject({ printed: true });
    expect(asked).toMatchObject([{ action: 'paper.print-asked', actor: secretary }]);
    expect(JSON.parse(asked[0]!.details)).toEqual({ paper, id: ids[paper] });
    expect(said(before)).toEqual(['paper.print-asked', 'paper.printed', ...(paper === 'talon' ? ['talon.printed'] : [])]);
  });

  it('does not get there when the journal cannot be told', async () => {
    const before = newest();
    const { print, jobs } = scene(() => PRINTED, 0);
    await expect(print(paper)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect([jobs, said(before), numbers()]).toEqual([[], [], []]);
  });

  it.each([
    ['the dialog is closed', CANCELLED, 'paper.print-stopped', 'cancelled', 0],
    ['it cannot be drawn', fail('document-unreadable'), 'paper.print-stopped', 'document-unreadable', 0],
    ['no printer takes it', NO_PRINTER, 'paper.not-printed', 'no-printer', 1],
  ] as const)('is said not to have been printed when %s', async (_, answer, action, problem, waits) => {
    const before = newest();
    const { print } = scene(() => answer);
    expect(await print(paper)).toEqual(answer);
    expect(said(before)).toEqual(['paper.print-asked', action]);
    expect(JSON.parse(entries(before)[1]!.details)).toEqual({ paper, id: ids[paper], problem });
    expect(numbers()).toEqual([]);
    expect(waiting()).toHaveLength(waits);
    must(await scene(() => PRINTED).print(paper));
    expect(waiting()).toEqual([]);
  });

  it('is told to the person as printed when the journal has no room for that any more, which has it as asked for', async () => {
    const before = newest();
    const { print, jobs } = scene(() => PRINTED, paper === 'report' ? 2 : 1);
    expect(must(await print(paper))).toMatchObject({ printed: true });
    expect([jobs.length, said(before)]).toEqual([1, ['paper.print-asked']]);
  });
});

describe('a talon that is printed', () => {
  it('has its number before the printer has it: what ends in between leaves no second one without a mark', async () => {
    const { print } = scene(() => Promise.reject(new Error('the program ends')));
    await expect(print('talon')).rejects.toThrow('the program ends');
    expect(numbers()).toEqual([1]);
    const { print: again, jobs } = scene(() => PRINTED);
    must(await again('talon'));
    expect(jobs).toMatchObject([{ fileName: expect.stringMatching(/-2\.pdf$/) as string }]);
  });

  it('is another one for each of two who print at the same time, and a number that came to nothing is given again', async () => {
    const answers: ((answer: Answer) => void)[] = [];
    const { print, jobs } = scene(() => new Promise((resolve) => answers.push(resolve)));
    const both = [print('talon'), print('talon')];
    await expect.poll(() => answers.length).toBe(2);
    expect([numbers(), new Set(jobs.map(({ sha256 }) => sha256)).size]).toEqual([[1, 2], 2]);
    const first = jobs.findIndex(({ fileName }) => !fileName.endsWith('-2.pdf'));
    answers[first]!(CANCELLED);
    answers[1 - first]!(PRINTED);
    await Promise.all(both);
    expect(numbers()).toEqual([2]);
    const third = print('talon');
    await expect.poll(() => answers.length).toBe(3);
    answers[2]!(PRINTED);
    must(await third);
    expect([numbers(), jobs[2]!.fileName]).toEqual([[1, 2], jobs[first]!.fileName]);
  });
});
