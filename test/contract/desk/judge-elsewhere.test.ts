import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decideFiling, draftAct, listActs, readDecision, readFilingActs, reviewAct, signAct } from '../../../main/acts/index.ts';
import {
  compareWithRegistry,
  finishWork,
  holdToRegister,
  outboxOf,
  proveUser,
  pull,
  push,
  recordSignIn,
  viewFiling,
  type Desk,
} from '../../../main/core/index.ts';
import { adoptRegistryState, readFiling } from '../../../main/intake/index.ts';
import { flagFiling, offerProposal, recallProposal, registerFiling } from '../../../main/registration/index.ts';
import { findEverything } from '../../../main/search/index.ts';
import { profilePaths } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import type { Defect, Proposal } from '../../../shared/contract/index.ts';
import { sharedCourt, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must, wordsInPdf } from '../../support/desk/training-office.ts';

const DESK = { clockOff: 0, sharesQueue: false };
const NO_DISPLAY = { title: '', lines: [] };
const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
const ground = (code: string) => ({ code, note: null });

let court: SharedCourt;
/** The filing is registered at the first desk; the judge works at the second. */
let [here, there]: [Desk, Desk] = [] as never;
let [clerk, judge]: [string, string] = [] as never;
beforeEach(async () => {
  court = await sharedCourt([DESK, DESK]);
  [here, there] = court.desks.map(({ desk }) => desk) as [Desk, Desk];
  [clerk, judge] = [court.userOf('secretary'), court.userOf('judge')];
});
afterEach(() => court.close());

const keyOf = (desk: Desk) => ({
  kind: 'pkcs12' as const,
  file: path.join(profilePaths(desk.config.profileDir).training, 'keys', 'judge.p12'),
});
async function signIn(desk: Desk): Promise<void> {
  const user = must(await proveUser(desk, tokenHost, keyOf(desk), NO_DISPLAY));
  expect(user.id).toBe(judge);
  recordSignIn(desk, user, keyOf(desk));
}
const round = async (desk: Desk) => {
  must(await pull(desk));
  must(await finishWork(desk));
  must(await push(desk));
};
const filingAt = ({ store }: Desk, id: string) => readFiling(store.read, id)!;
const toSign = ({ store, reference, config }: Desk, of: string) => listActs(store.read, { reference, now: config.clock() }, of, 'to-sign');
const decisionAt = ({ store, reference, config }: Desk, filingId: string, id: string) =>
  readDecision(store.read, reference, { filingId, user: { id, role: 'judge' }, courtCode: '9900', now: config.clock() })!;
const actsAt = ({ store, reference, config }: Desk, filingId: string, id: string) =>
  readFilingActs(store.read, reference, { filingId, user: { id, role: 'judge' }, now: config.clock() })!;
const seenOf = (desk: Desk, id: string) => {
  const { act } = decisionAt(desk, id, judge);
  return act && { actId: act.id, revision: act.revision };
};

/** Registered and told at the first desk; the second has heard of it. */
async function registered(defects: Defect[], proposal?: (id: string) => Proposal): Promise<string> {
  const id = await court.submit();
  must(await pull(here));
  must(await holdToRegister(here, id, clerk));
  const seen = () => ({ id, revision: filingAt(here, id).revision, actor: clerk });
  must(flagFiling(here.registration, seen(), defects, proposal?.(id)));
  must(registerFiling(here.registration, seen(), { joinsCase: null }));
  for (const desk of [here, there]) await round(desk);
  return id;
}
async function anotherJudge(): Promise<string> {
  const { url, adminToken } = court.registry;
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ court: '9900', iin: null, roles: ['judge'], certificates: [], name: 'Басқа Судья', active: true });
  const { id } = (await (await fetch(new URL('/v1/admin/users', url), { method: 'POST', headers, body })).json()) as { id: string };
  for (const desk of [here, there]) must(await pull(desk));
  return id;
}

it('the judge of a filing works at any desk of the court: it lies before them there, with a draft on what the office marked, and is signed there', async () => {
  const id = await registered([{ code: 'fee', note: 'Бажды толық төлеңіз.' }]);
  expect(filingAt(there, id)).toMatchObject({ state: 'with-judge', judgeId: judge, flagged: true });
  expect(viewFiling(there, id, 'judge')!.defects).toEqual([{ code: 'fee', note: 'Бажды толық төлеңіз.' }]);
  expect(viewFiling(there, id, 'judge')!.proposal).toEqual(viewFiling(here, id, 'judge')!.proposal);
  expect(findEverything(there.store.read, filingAt(there, id).incomingNumber!, judge).filings.map((found) => found.id)).toEqual([id]);
  expect(toSign(there, judge), 'nothing is drafted where the judge has never been').toEqual([]);

  await signIn(there);
  await round(there);
  const [draft] = toSign(there, judge);
  expect(draft).toMatchObject({ filingId: id, kind: 'ruling-return', state: 'draft' });
  expect(await wordsInPdf({ desk: there }, draft!.sha256)).toContain('Бажды толық төлеңіз.');

  const [refusal] = decisionAt(there, id, judge).offered.filter(({ decision }) => decision === 'refuse');
  const decision = { decision: 'refuse', grounds: [ground(refusal!.grounds[0]!.code)], transferTo: null } as const;
  must(await decideFiling(there.acts, { filingId: id, seen: seenOf(there, id), ...decision, actor: judge }));
  const [act] = toSign(there, judge);
  const seen = { sha256: act!.sha256, actor: judge };
  must(reviewAct({ store: there.store, clock: there.config.clock }, { id: act!.id, revision: act!.revision, ...seen }));
  const request = { actId: act!.id, revision: act!.revision + 1, ...seen, key: keyOf(there), display: NO_DISPLAY };
  must(await signAct({ ...there.acts, tokenHost }, request));
  // what the registry holds until it has the ruling takes nothing back
  const held = must(await there.client.filingState(id))!;
  there.store.write((tx) => adoptRegistryState(tx, held, there.config.clock()));
  expect([held.state, filingAt(there, id).state]).toEqual(['with-judge', 'refused']);
  await round(there);
  expect(outboxOf(there)).toMatchObject({ waiting: 0, parked: [] });

  // at the desk that registered it nothing is left to sign, and it is where the ruling leads
  expect(toSign(here, judge)).toHaveLength(1);
  await round(here);
  expect(toSign(here, judge)).toEqual([]);
  for (const desk of [here, there]) {
    expect(filingAt(desk, id).state).toBe('refused');
    expect(must(await compareWithRegistry(desk)).differences).toEqual([]);
  }
  expect(decisionAt(here, id, judge)).toMatchObject({ current: { decision: 'refuse' }, offered: [] });
  const discarded = here.store.read.all("SELECT json_extract(details, '$.issued') AS by FROM journal WHERE action = 'act.discarded'");
  expect(discarded).toEqual([{ by: act!.id }]);
});

it('another judge of the court gets nothing of it at any desk, and the registry takes no act of theirs on it', async () => {
  const id = await registered([{ code: 'fee', note: null }]);
  const other = await anotherJudge();
  for (const desk of [here, there]) {
    expect(toSign(desk, other)).toEqual([]);
    expect(findEverything(desk.store.read, filingAt(desk, id).incomingNumber!, other).filings).toEqual([]);
    expect([actsAt(desk, id, other).offered, decisionAt(desk, id, other).offered]).toEqual([[], []]);
    const [kind] = actsAt(desk, id, judge).offered;
    const draft = { filingId: id, kind: kind!.kind, language: null, title: 'Анықтама', text: null };
    const asked = { filingId: id, seen: seenOf(desk, id), decision: 'accept', grounds: [], transferTo: null, actor: other } as const;
    expect(await draftAct(desk.acts, { ...draft, editor: { role: 'judge', id: other } })).toMatchObject({ error: { code: 'not-found' } });
    expect(await decideFiling(desk.acts, asked)).toMatchObject({ error: { code: 'not-found' } });
  }
  const paper = must(await there.blobs.putBytes(Buffer.from('%PDF-1.7')));
  const [actId, at] = [there.config.newId(), there.config.clock()];
  const payload = { actId, filingId: id, kind: 'certificate', ...paper, level: 'B', signedAt: at, state: null, title: 'Анықтама' } as const;
  const entry = { id: there.config.newId(), subject: id, kind: 'act.issue', actor: other, at, uploads: [paper.sha256], payload } as const;
  there.store.write((tx) => tx.outbox(entry));
  await round(there);
  expect(outboxOf(there).parked).toMatchObject([{ kind: 'act.issue', code: 'role-not-allowed' }]);
});

it('what the office proposes reaches the judge elsewhere with its grounds, and leaves them when it is taken back', async () => {
  await signIn(there);
  const id = await registered([], (filingId) => {
    const { store, reference, config } = here;
    const offer = offerProposal(store.read, reference, filingAt(here, filingId), config.clock(), '9900');
    const { grounds } = offer.decisions.find(({ decision }) => decision === 'transfer')!;
    return { decision: 'transfer', grounds: [ground(grounds[0]!.code)], transferTo: { code: offer.courts[0]!.code, name: '' } };
  });
  const proposal = viewFiling(here, id, 'judge')!.proposal!;
  expect(viewFiling(there, id, 'judge')!.proposal).toEqual(proposal);
  const [draft] = toSign(there, judge);
  expect(draft).toMatchObject({ filingId: id, kind: 'ruling-transfer' });
  expect(decisionAt(there, id, judge)).toMatchObject({
    notice: proposal.notice,
    current: { decision: 'transfer', transferTo: { name: proposal.transferTo!.name } },
  });

  must(recallProposal(here.registration, { id, revision: filingAt(here, id).revision, actor: clerk }, 'Сот дұрыс таңдалған'));
  for (const desk of [here, there]) await round(desk);
  expect(toSign(there, judge)).toEqual([]);
  expect(viewFiling(there, id, 'judge')).toMatchObject({ state: 'with-judge', flagged: false, defects: [], proposal: null });
});
