import { describe, expect, it } from 'vitest';
import { createRouter, type Handlers } from '../../../main/core/router.ts';
import { CHANNEL_NAMES, CHANNELS, type ChannelName, type Session } from '../../../shared/contract/index.ts';
import { emptyPaperForm } from '../../../shared/domain/paper-form.ts';
import { noPages } from '../../../shared/domain/paper-pages.ts';
import { ok } from '../../../shared/result.ts';

const ID = '01a20059-9afb-7393-8414-d1952c06e64b';
const AT = '2026-12-03T05:00:00.000Z';
const session = (over: Partial<Session> = {}): Session => ({
  userId: ID,
  name: 'x',
  roles: ['secretary'],
  activeRole: 'secretary',
  locked: false,
  signedInAt: '2026-11-21T10:00:00Z',
  lastSignInAt: null,
  ...over,
});

/** Every handler only notes that it was reached. */
function router(current: Session | null) {
  const reached: string[] = [];
  const bugs: string[] = [];
  const handlers = Object.fromEntries(CHANNEL_NAMES.map((name) => [name, () => (reached.push(name), ok(null))])) as unknown as Handlers;
  const call = createRouter({ handlers, session: () => current, onBug: (channel) => bugs.push(channel) });
  return { call: (channel: string, input: unknown, trusted = true) => call({ channel, input }, { trusted }), reached, bugs, handlers };
}

/** An input of the right shape for each channel. */
const INPUTS: Partial<Record<ChannelName, object>> = {
  'session.sign-in': { optionId: 'secretary.p12' },
  'session.use-role': { role: 'secretary' },
  'administration.keep-person': { id: null, seen: null, name: 'x', iin: null, roles: ['judge'], certificates: [], active: true },
  'administration.read-certificate': { file: 'AAAA' },
  'administration.invite': { name: 'x' },
  'administration.withdraw': { id: ID },
  'administration.rename': { id: ID, name: 'x' },
  'administration.revoke': { id: ID },
  'administration.configure': { offlineSignInDays: 7, idleLockMinutes: 10 },
  'administration.changes': { before: null, from: '2026-11-01', until: null, about: 'user' },
  'administration.rename-court': { nameKk: 'Сот', nameRu: 'Суд' },
  'queue.list': { view: 'open' },
  'board.get': { period: 'month' },
  'queue.rows': { list: 1, from: 0, count: 10 },
  'queue.news': { list: 1 },
  'queue.ids': { list: 1 },
  'queue.save-view': { id: ID, name: 'x', question: { view: 'mine' } },
  'queue.drop-view': { id: ID },
  'queue.layout': { list: 'queue' },
  'queue.keep-layout': { list: 'queue', layout: { hidden: [], widths: {} } },
  'search.find': { text: 'x' },
  'search.card': { text: '4218' },
  'work.load': {},
  'work.held': { ids: [ID], of: null },
  'work.set-absence': { id: ID, userId: ID, from: '2026-11-23', until: '2026-11-27', kind: 'leave', coveredBy: null, withdrawn: false },
  'work.set-norm': { userId: null, norm: 10 },
  'work.set-rules': { rules: [] },
  'work.share': {},
  'work.assign': { ids: [ID], assignee: null },
  'work.cover': { from: ID, to: ID },
  'work.postpone': { ids: [ID], until: '2026-12-03', reason: 'x' },
  'work.take-next': { after: null },
  'work.undo': { id: ID },
  'filing.get': { id: ID },
  'filing.recheck': { id: ID },
  'filing.mark': { id: ID, revision: 1, check: 'legible', value: true, page: 1 },
  'filing.flag': { id: ID, revision: 1, defects: [] },
  'filing.close': { id: ID },
  'filing.take-over': { id: ID, reason: 'the secretary is ill' },
  'filing.register': { id: ID, revision: 1, joinsCase: null },
  'document.open': { filingId: ID, documentId: ID },
  'document.save': { filingId: ID, documentId: ID },
  'talon.open': { filingId: ID },
  'talon.save': { filingId: ID },
  'protocol.save': { filingId: ID, format: 'pdf' },
  'acts.list': { view: 'to-sign' },
  'acts.of-filing': { filingId: ID },
  'acts.draft': { filingId: ID, kind: 'certificate', language: 'kk', title: null },
  'acts.hand': { filingId: ID, actId: ID, revision: 0 },
  'acts.discard': { filingId: ID, actId: ID, revision: 0 },
  'act.get': { id: ID },
  'act.open': { id: ID },
  'act.save': { id: ID },
  'act.review': { id: ID, revision: 1, sha256: 'a'.repeat(64) },
  'act.sign': { id: ID, revision: 1, sha256: 'a'.repeat(64), keyId: 'x' },
  'batch.plan': { ids: [ID] },
  'batch.start': { acts: [{ id: ID, sha256: 'a'.repeat(64) }], keyId: 'x' },
  'batch.resume': { id: ID, keyId: 'x' },
  'batch.get': { id: ID },
  'proceedings.get': { filingId: ID },
  'hearing.day': { day: '2026-12-03' },
  'hearing.check': { hearingId: null, startsAt: AT, room: null, judgeId: null },
  'hearing.set': {
    filingId: ID,
    hearing: null,
    plan: {
      ...{ startsAt: AT, place: 'x', room: null, judgeId: null, mode: 'in-person', link: null, recordingNote: null, recipients: [] },
    },
  },
  'hearing.cancel': { filingId: ID, hearingId: ID, reason: null },
  'summons.issue': {
    filingId: ID,
    hearingId: ID,
    revision: 1,
    recipients: [{ name: 'x', channel: 'cabinet', address: null, filingId: ID }],
  },
  'summons.open': { summonsId: ID },
  'summons.save': { summonsId: ID },
  'request.fulfil': { filingId: ID, documents: [], note: 'x' },
  'request.save': { filingId: ID, sha256: 'a'.repeat(64) },
  'access.grant': { filingId: ID, person: 'x', documents: ['a'.repeat(64)], until: AT },
  'access.withdraw': { filingId: ID, grantId: ID, reason: 'x' },
  'survey.ask': { filingId: ID, questionSet: 'hearing-1' },
  'delivery.refresh': { filingId: ID },
  'dispatch.list': { view: 'hand', filingId: null },
  'dispatch.get': { actId: ID },
  'dispatch.send': { actId: ID, recipients: [{ name: 'x', filingId: null, steps: [{ channel: 'post', address: 'x', waitHours: null }] }] },
  'dispatch.resend': { actId: ID, id: ID, steps: [{ channel: 'cabinet', address: null, waitHours: 24 }], reason: 'x' },
  'dispatch.record': { actId: ID, id: ID, event: 'delivered', day: '2026-12-03', number: null },
  'dispatch.open-paper': { paper: 'check', id: ID },
  'dispatch.save-paper': { paper: 'letter', id: ID },
  'act.versions': { id: ID },
  'act.open-version': { id: ID, number: 1 },
  'act.text': { id: ID },
  'act.edit': { id: ID, revision: 0, text: { version: 1, blocks: [] } },
  'act.import': { id: ID, revision: 0 },
  'decision.get': { filingId: ID },
  'decision.make': { filingId: ID, seen: null, decision: 'accept', grounds: [], transferTo: null },
  'decision.send-back': { filingId: ID, actId: ID, revision: 0, comment: 'x' },
  'decision.take-back': { filingId: ID, actId: ID, revision: 0 },
  'decision.answer': { filingId: ID, actId: ID, revision: 0, answer: 'x', change: null },
  'draft.read': { filingId: ID, form: 'hearing' },
  'draft.keep': { filingId: ID, form: 'hearing', content: null },
  'sync.accept-history': { reason: 'the disk was replaced' },
  'sync.compare': { outboxId: ID },
  'sync.take-registry': { outboxId: ID, reason: 'the centre has it right' },
  'sync.retry': { outboxId: ID },
  'doctor.run': { step: 'disk' },
  'doctor.remove-module': { id: 'x' },
  'document.read': { filingId: ID, documentId: ID },
  'document.progress': { filingId: ID },
  'document.compare': { filingId: ID },
  'note.list': { filingId: ID },
  'note.add': { filingId: ID, text: 'x' },
  'note.withdraw': { filingId: ID, noteId: ID },
  'torn.open': { filingId: ID, documentId: ID },
  'torn.show': { filingId: ID, documentId: ID },
  'torn.follow': { follows: true },
  'filing.corrections': { id: ID },
  'fact.list': { id: ID },
  'case.get': { number: '9900-26-00-2/1' },
  'fact.correct': { id: ID, fact: 'category', party: null, before: null, after: 'Қарыз', reason: 'себеп' },
  'proposal.recall': { id: ID, revision: 0, reason: 'себеп' },
  'filing.correct': {
    ...{ id: ID, revision: 0, reason: 'x' },
    values: {
      ...{ kind: 'claim', category: null, representative: null },
      parties: [{ side: 'claimant', type: 'person', name: 'x', iin: null, bin: null, address: null, phone: null, email: null }],
    },
  },
  'filing.history': { id: ID, before: 2 },
  'filing.link': { id: ID, otherId: ID },
  'filing.pair': { id: ID, otherId: ID },
  'filing.proposals': { id: ID },
  'filing.notice': { id: ID, defects: [], proposal: { decision: 'return', grounds: [], transferTo: null } },
  'filing.before-register': { id: ID, search: '' },
  'finding.override': { id: ID, revision: 0, finding: 'x', reason: 'x' },
  'print.paper': { paper: 'talon', id: ID, silent: false },
  'print.drop': { paper: 'talon', id: ID },
  'paper.get': { id: ID },
  'paper.keep': { id: ID, form: emptyPaperForm() },
  'paper.drop': { id: ID },
  'paper.direct': { id: ID, annexTo: { filingId: ID, handedInBy: 'x' } },
  'paper.annex': { id: ID, handedInBy: 'x', keyId: null },
  'paper.import': { id: ID },
  'paper.drop-in': { id: ID, fileName: 'x.pdf', bytes: new Uint8Array(1) },
  'paper.scan': { id: ID, scannerId: 'x', dpi: 300, color: false, feeder: false },
  'paper.arrange': { id: ID, revision: 0, arrangement: noPages },
  'paper.thumbnail': { id: ID, pageId: ID, turn: 0, straighten: false },
  'report.make': { id: 'incoming', from: '2026-11-01', until: '2026-11-30', language: 'kk' },
  'report.patterns': { from: '2026-11-01', until: '2026-11-30', language: 'kk' },
  'report.set-schedule': { reports: [], language: 'kk' },
  'report.open-made': { id: ID },
  'report.save-made': { id: ID, format: 'pdf' },
  'report.save': { id: 'incoming', from: '2026-11-01', until: '2026-11-30', language: 'kk', format: 'csv' },
  'journal.list': {
    from: null,
    until: null,
    actor: null,
    action: null,
    filingId: null,
    number: null,
    text: null,
    upTo: null,
    offset: 0,
    limit: 10,
  },
  'journal.save': { from: null, until: null },
  'journal.wipe': { entries: 1, drafts: 0, reports: 0, filings: 0, reason: 'x' },
  'journal.save-seen': { person: '870131400012', format: 'pdf', language: 'kk' },
  'journal.who-saw': { person: '870131400012' },
  'paper.take': { id: ID, form: emptyPaperForm(), keyId: null },
};
const inputOf = (name: ChannelName) => INPUTS[name] ?? {};

describe('the router of the core', () => {
  it('reaches no handler for a sender that is not trusted', async () => {
    const r = router(session());
    for (const name of CHANNEL_NAMES)
      expect(await r.call(name, inputOf(name), false)).toMatchObject({ ok: false, error: { code: 'sender-untrusted' } });
    expect(r.reached).toEqual([]);
  });

  it.each(['filing.delete', 'constructor', '__proto__', 'toString', ''])('knows no channel %j', async (name) => {
    const r = router(session());
    expect(await r.call(name, {})).toMatchObject({ ok: false, error: { code: 'channel-unknown' } });
    expect(r.reached).toEqual([]);
  });

  it('refuses unknown keys, missing keys and other shapes on every channel', async () => {
    const r = router(session({ activeRole: 'judge', roles: ['judge', 'secretary', 'office-head', 'admin'] }));
    for (const name of CHANNEL_NAMES)
      for (const input of [null, undefined, 7, 'x', [], { ...inputOf(name), extra: 1 }, { ...inputOf(name), __proto__x: {} }])
        expect(await r.call(name, input), `${name} ${JSON.stringify(input)}`).toMatchObject({
          ok: false,
          error: { code: 'input-invalid' },
        });
    expect(r.reached).toEqual([]);
  });

  it('lets nobody past the sign-in but to the channels that are for anyone', async () => {
    const r = router(null);
    for (const name of CHANNEL_NAMES) await r.call(name, inputOf(name));
    expect(r.reached).toEqual(CHANNEL_NAMES.filter((name) => CHANNELS[name].access === 'anyone'));
  });

  it('shows a locked window nothing of the work', async () => {
    const r = router(session({ locked: true }));
    for (const name of CHANNEL_NAMES.filter((n) => CHANNELS[n].access !== 'anyone'))
      expect(await r.call(name, inputOf(name)), name).toMatchObject({ ok: false, error: { code: 'session-locked' } });
    expect(r.reached).toEqual([]);
  });

  it.each(['secretary', 'judge', 'office-head', 'admin'] as const)('gives the active role %s its channels and no others', async (role) => {
    const r = router(session({ activeRole: role, roles: ['secretary', 'judge', 'office-head', 'admin'] }));
    for (const name of CHANNEL_NAMES) await r.call(name, inputOf(name));
    const may = CHANNEL_NAMES.filter((name) => {
      const { access } = CHANNELS[name];
      return access === 'anyone' || access === 'signed-in' || (access as readonly string[]).includes(role);
    });
    expect(r.reached).toEqual(may);
  });

  it('keeps signing acts for the judge and registering for the office', () => {
    expect(CHANNELS['act.sign'].access).toEqual(['judge']);
    expect(CHANNELS['filing.register'].access).toEqual(['secretary', 'office-head']);
  });

  it('turns a bug into an answer that says nothing of its inside', async () => {
    const r = router(session());
    (r.handlers as Record<string, unknown>)['queue.list'] = () => {
      throw new Error('SQL near "Ғалымжанов"');
    };
    const answer = await r.call('queue.list', { view: 'open' });
    expect(answer).toEqual({ ok: false, error: { code: 'unexpected', next: 'stop' } });
    expect(r.bugs).toEqual(['queue.list']);
  });
});
