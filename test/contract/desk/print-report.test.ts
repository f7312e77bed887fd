import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPaper } from '../../../main/core/printable-papers.ts';
import type { Session } from '../../../shared/contract/index.ts';
import { reportPaperId } from '../../../shared/domain/oversight.ts';
import { must, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
beforeAll(async () => {
  office = await trainingOffice({ samples: 1, now: '2026-11-18T05:00:00.000Z' });
});
afterAll(() => office.close());

const as = (activeRole: Session['activeRole']): Session => ({
  ...{
    userId: 'x',
    name: 'Сынақбаева',
    roles: [activeRole],
    activeRole,
    locked: false,
    signedInAt: '2026-11-18T05:00:00.000Z',
    lastSignInAt: null,
  },
});
const asked = { id: 'incoming', from: '2026-11-01', until: '2026-11-30', language: 'kk', by: 'category' } as const;

it('a report is printed by the question that it answers, for the head of office alone', async () => {
  const id = reportPaperId(asked);
  const paper = must(await findPaper(office.desk, { paper: 'report', id }, as('office-head')));
  expect(paper).toMatchObject({ contentType: 'application/pdf', fileName: 'incoming-2026-11-01-2026-11-30.pdf', subject: null });
  expect(Buffer.from((await office.desk.blobs.readAll(paper.sha256, paper.size))!.subarray(0, 5)).toString()).toBe('%PDF-');
  for (const paperKind of ['report', 'made-report'] as const)
    expect(await findPaper(office.desk, { paper: paperKind, id }, as('secretary'))).toMatchObject({ error: { code: 'role-not-allowed' } });
});

it('a question that is none, ends before it begins or asks for what is not there prints nothing', async () => {
  const answer = (id: string) => findPaper(office.desk, { paper: 'report', id }, as('office-head'));
  expect(await answer('incoming')).toMatchObject({ error: { code: 'not-found' } });
  expect(await answer(reportPaperId({ ...asked, id: '../x' }))).toMatchObject({ error: { code: 'not-found' } });
  expect(await answer(reportPaperId({ ...asked, until: '2026-10-01' }))).toMatchObject({ error: { code: 'period-wrong' } });
  expect(await answer(reportPaperId({ ...asked, by: 'salary' }))).toMatchObject({ error: { code: 'input-invalid' } });
});
