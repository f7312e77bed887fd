import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versionsOf } from '../../../main/acts/act-versions.ts';
import {
  actsOfFiling,
  decideFiling,
  editAct,
  importAct,
  readDraftText,
  reviewAct,
  sendBackAct,
  signAct,
} from '../../../main/acts/index.ts';
import { viewFiling } from '../../../main/core/index.ts';
import { readDraft } from '../../../main/proceedings/index.ts';
import type { ActBlock, ActText } from '../../../shared/domain/act-text.ts';
import { PAGE, writePdf } from '../../support/raw-pdf.ts';
import { arriveRegistered, must, sampleOf, staffedOffice, type TrainingOffice, wordsInPdf } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
let judge: string;
beforeAll(async () => {
  ({ office, secretary, judge } = await staffedOffice('2026-11-23T04:00:00Z'));
});
afterAll(() => office.close());

const read = () => office.desk.store.read;
const look = () => ({ reference: office.desk.reference, now: office.desk.config.clock() });
const actOf = (filingId: string) => actsOfFiling(read(), look(), filingId)[0]!;
const asJudge = () => ({ id: judge, role: 'judge' as const });
const asOffice = () => ({ id: secretary, role: 'office' as const });
const textOf = (filingId: string, editor: ReturnType<typeof asJudge> | ReturnType<typeof asOffice> = asJudge()) =>
  readDraftText(office.desk.acts, { actId: actOf(filingId).id, editor });
const edit = (filingId: string, text: ActText, more: object = {}) => {
  const { id: actId, revision } = actOf(filingId);
  return editAct(office.desk.acts, { ...{ actId, revision, text, editor: asJudge() }, ...more });
};
const added = (text: ActText, ...blocks: ActBlock[]): ActText => ({ version: 1, blocks: [...blocks, ...text.blocks] });
const before = () => arriveRegistered(office, sampleOf(office, 'good', 'claim'), secretary);
const wordsOf = (sha256: string) => wordsInPdf(office, sha256);
const PARAGRAPH: ActBlock = { type: 'paragraph', text: 'Жауапкер Өскемен қаласында тұрады.' };

describe('the text of a draft', () => {
  it('is the template’s until it is written, then what was written; the bytes change and no longer count as read', async () => {
    const id = await before();
    const draft = actOf(id);
    const given = must(textOf(id));
    expect(given).toMatchObject({ edited: false, may: true, sha256: draft.sha256 });
    expect(given.text.blocks.map(({ type }) => type)).toContain('operative');
    must(reviewAct({ store: office.desk.store, clock: office.desk.config.clock }, { ...draft, actor: judge }));

    must(await edit(id, added(given.text, PARAGRAPH, { type: 'heading', text: ' ' })));
    const edited = actOf(id);
    expect(edited).toMatchObject({ id: draft.id, kind: draft.kind, reviewed: false });
    expect(edited.sha256).not.toBe(draft.sha256);
    expect(await wordsOf(edited.sha256)).toContain('Жауапкер Өскемен қаласында тұрады.');
    expect(must(textOf(id))).toMatchObject({ edited: true, text: added(given.text, PARAGRAPH) });
    expect(versionsOf(read(), draft.id).map(({ why, madeBy }) => [why, madeBy])).toEqual([
      ['drafted', null],
      ['edited', judge],
    ]);
    must(await edit(id, added(given.text, PARAGRAPH)));
    expect(versionsOf(read(), draft.id), 'the same again changes nothing').toHaveLength(2);

    const act = actOf(id);
    const seen = { id: act.id, revision: act.revision, sha256: act.sha256, actor: judge };
    must(reviewAct({ store: office.desk.store, clock: office.desk.config.clock }, seen));
    const request = { actId: act.id, revision: act.revision + 1, sha256: act.sha256, actor: judge, key: office.keyOf('judge') };
    must(await signAct(office.desk.acts, { ...request, display: { title: '', lines: [] } }));
    expect(viewFiling(office.desk, id, 'judge')!.state).toBe('accepted');
    expect(must(textOf(id)).may, 'what is signed stays as it is').toBe(false);
    expect(await edit(id, given.text)).toMatchObject({ error: { code: 'move-not-allowed' } });
  });

  it('lies with the office while it was sent back, and with the judge of the filing else', async () => {
    const id = await before();
    const { text } = must(textOf(id));
    expect(must(textOf(id, asOffice())).may).toBe(false);
    expect(await edit(id, added(text, PARAGRAPH), { editor: asOffice() })).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect(await edit(id, text, { editor: { id: secretary, role: 'judge' } })).toMatchObject({ error: { code: 'not-found' } });
    const { id: actId, revision } = actOf(id);
    must(sendBackAct(office.desk.acts, { actId, revision, comment: 'Мекенжайын қосыңыз', actor: judge }));
    expect(await edit(id, added(text, PARAGRAPH))).toMatchObject({ error: { code: 'act-sent-back' } });
    must(await edit(id, added(text, PARAGRAPH), { editor: asOffice() }));
    expect(actOf(id)).toMatchObject({ sentBack: true });
    expect(versionsOf(read(), actId).at(-1)).toMatchObject({ why: 'edited', madeBy: secretary });
  });

  it('must say once what was ruled, on the draft that was seen', async () => {
    const id = await before();
    const { text } = must(textOf(id));
    const { sha256, revision } = actOf(id);
    expect(await edit(id, { version: 1, blocks: [PARAGRAPH] })).toMatchObject({
      error: { code: 'input-invalid', params: { field: 'text', reason: 'operative-missing' } },
    });
    expect(await edit(id, added(text, PARAGRAPH), { revision: revision + 1 })).toMatchObject({ error: { code: 'stale-revision' } });
    expect(actOf(id)).toMatchObject({ sha256, revision });
  });

  it('gives way to another decision, and stays as a version', async () => {
    const id = await before();
    must(await edit(id, added(must(textOf(id)).text, PARAGRAPH)));
    const { id: actId, revision } = actOf(id);
    const decided = { filingId: id, seen: { actId, revision }, decision: 'refuse' as const, transferTo: null, actor: judge };
    must(await decideFiling(office.desk.acts, { ...decided, grounds: [{ code: '151.1.1', note: null }] }));
    expect(must(textOf(id))).toMatchObject({ edited: false });
    expect(versionsOf(read(), actId).map(({ why }) => why)).toEqual(['drafted', 'edited', 'decided']);
    expect(versionsOf(read(), actId)[1]!.text!.blocks[0]).toEqual(PARAGRAPH);
  });
});

describe('a PDF that was written elsewhere', () => {
  it('becomes the very bytes that are read and signed, and gives way to what is written later', async () => {
    const id = await before();
    const { id: actId, revision, sha256: drawn, kind } = actOf(id);
    const made = await PDFDocument.create();
    for (let n = 0; n < 2; n++) made.addPage();
    const { sha256 } = must(await office.desk.blobs.putBytes(await made.save()));
    const take = (more: object = {}) => importAct(office.desk.acts, { ...{ actId, revision, sha256, editor: asJudge() }, ...more });
    expect(await take({ editor: asOffice() })).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect(await take({ sha256: '0'.repeat(64) })).toMatchObject({ error: { code: 'document-missing' } });
    const script = must(
      await office.desk.blobs.putBytes(writePdf({ ...PAGE, 1: '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript >> >>' })),
    );
    expect(await take({ sha256: script.sha256 })).toMatchObject({ error: { code: 'pdf-active' } });
    expect(actOf(id).sha256, 'what was refused changes nothing').toBe(drawn);

    must(await take());
    expect(actOf(id)).toMatchObject({ sha256, pages: 2, kind, reviewed: false });
    expect(versionsOf(read(), actId).map(({ why }) => why)).toEqual(['drafted', 'imported']);
    must(await take({ revision: actOf(id).revision }));
    expect(versionsOf(read(), actId), 'the same file again changes nothing').toHaveLength(2);
    must(await edit(id, added(must(textOf(id)).text, PARAGRAPH)));
    expect(await wordsOf(actOf(id).sha256)).toContain('Жауапкер Өскемен');
  });
});

it('what was typed outlasts a desk that is killed in the middle of typing, up to the last change that was kept', async () => {
  const id = await before();
  office.desk.close();
  const child = fork(path.resolve('test/support/desk/typing-process.ts'), [office.profileDir, judge, id]);
  let kept = 0;
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the typing ended')));
    child.on('message', (typed) => {
      kept = Number(typed);
      if (kept >= 25) resolve();
    });
  });
  child.removeAllListeners('exit');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  await office.reopen();
  const found = JSON.parse(readDraft(read(), { user: judge, filingId: id, form: 'text' })!) as { text: ActText };
  const [block] = found.text.blocks;
  expect(block).toMatchObject({ type: 'paragraph' });
  expect((block as { text: string }).text.length).toBeGreaterThanOrEqual(kept);
});
