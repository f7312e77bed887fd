import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../../shared/domain/role.ts';
import { COMMAND_KINDS, type CommandKind, type CommandPayload } from '../../../shared/registry/index.ts';
import { sha256, type Desk } from '../../support/registry/desk.ts';
import { ALMATY, NOW, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';
import { makePerson, proven, sendEnvelope, signIn, type Mandated } from '../../support/registry/person.ts';

const text = readFileSync(new URL('../../../docs/registry-protocol.yaml', import.meta.url), 'utf8');

/** Who may be the actor, by the table of the protocol document: kind, payload, actor, what it does. */
const table = new Map(
  [...text.matchAll(/^ *\| `([a-z-]+\.[a-z-]+)` \| `\w+` \| ([^|]+) \|/gm)].map(([, kind, actors]) => [
    kind!,
    actors!.trim() === 'anyone or null' ? [...ROLES] : actors!.split(',').map((role) => role.trim()),
  ]),
);

const filingId = randomUUID();
const paper = { sha256: sha256('paper'), size: 5 };
/** Of the right shape, about things that are not there: who may act is asked first. */
const payloads: { [K in CommandKind]: CommandPayload<K> } = {
  'filing.register': {
    filingId,
    incomingNumber: `${ALMATY.code}-26-000001`,
    caseNumber: null,
    joinsCase: null,
    registeredAt: NOW,
    verdict: 'valid',
    flagged: false,
    defects: [],
  },
  'filing.take-paper': {
    ...{ filingId: randomUUID(), leaseId: randomUUID(), takenAt: NOW },
    filing: {
      ...{ court: ALMATY.code, kind: 'claim', language: 'kk', parties: [] },
      documents: [{ ...paper, role: 'claim', title: 'Арыз', fileName: 'claim.pdf', signatures: [] }],
    },
  },
  'filing.add-annexes': {
    ...{ annexId: randomUUID(), filingId, receivedAt: NOW, handedInBy: 'Әлия' },
    documents: [{ ...paper, role: 'evidence', title: 'Шарт', fileName: '01-evidence.pdf', signatures: [] }],
  },
  'filing.link': { filingId, otherId: randomUUID(), linkedAt: NOW },
  'talon.issue': { filingId, ...paper, qr: 'qr' },
  'filing.send-to-judge': { filingId, judgeId: randomUUID() },
  'finding.override': { filingId, finding: 'duty-short::payment.amount', rule: 'duty-short', severity: 'error', reason: 'paid today' },
  'act.issue': { actId: randomUUID(), filingId, kind: 'ruling-accept', ...paper, level: 'B', signedAt: NOW, state: 'accepted' },
  'act.raise': { actId: randomUUID(), filingId, from: sha256('signed'), ...paper, level: 'T' },
  'act.dispatch': { actId: randomUUID(), filingId, recipients: [] },
  'dispatch.send': {
    ...{ actId: randomUUID(), filingId },
    recipients: [{ id: randomUUID(), name: 'Әлия', filingId: null, steps: [{ channel: 'post', address: 'Алматы', waitHours: null }] }],
  },
  'dispatch.resend': { deliveryId: randomUUID(), filingId, steps: [{ channel: 'cabinet', address: null, waitHours: null }] },
  'dispatch.record': { deliveryId: randomUUID(), filingId, event: 'handed-over', at: NOW, number: 'RR123456789KZ' },
  'filing.assign': { filingId, assignee: null, seen: null },
  'filing.postpone': { filingId, until: null, reason: null },
  'absence.set': {
    ...{ absenceId: randomUUID(), userId: randomUUID(), from: '2026-11-23', until: '2026-11-27', kind: 'leave' },
    ...{ coveredBy: null, withdrawn: false },
  },
  'norm.set': { userId: randomUUID(), norm: 10 },
  'share-rules.set': { rules: [] },
  'user.keep': { userId: randomUUID(), seen: sha256('seen'), name: 'Әлия', iin: null, roles: ['judge'], certificates: [], active: true },
  'workstation.invite': { invitationId: randomUUID(), name: 'Кеңсе', codeSha256: sha256('code') },
  'workstation.withdraw': { invitationId: randomUUID() },
  'workstation.rename': { workstationId: randomUUID(), name: 'Кеңсе' },
  'workstation.revoke': { workstationId: randomUUID() },
  'court.configure': { offlineSignInDays: 7, idleLockMinutes: 10 },
  'court.rename': { nameKk: 'Сот', nameRu: 'Суд' },
  'lease.take-over': { filingId, reason: 'ill' },
  'number.return': { blockId: randomUUID(), first: 1 },
  'number.claim': { series: 'incoming', year: '26', typeIndex: '', first: 900_000, last: 900_001 },
  'number.void': { filingId, incomingNumber: `${ALMATY.code}-26-000001`, caseNumber: null },
  'journal.anchor': { entries: 1, head: sha256('journal') },
  'journal.accept': { entries: 1, head: sha256('journal'), finding: 'journal-edited', lastGood: 0, reason: 'restored' },
  'hearing.set': {
    ...{ hearingId: randomUUID(), filingId, caseNumber: null, revision: 1, startsAt: NOW, place: 'Алматы', room: null },
    ...{ judgeId: null, mode: 'in-person', link: null, recordingNote: null, recipients: [] },
  },
  'hearing.cancel': { hearingId: randomUUID(), reason: null },
  'summons.issue': { summonsId: randomUUID(), hearingId: randomUUID(), recipient: { name: 'Әлия', channel: 'cabinet' }, ...paper },
  'request.fulfil': { filingId, documents: [], note: 'done' },
  'case-file.grant': {
    ...{ grantId: randomUUID(), filingId, person: 'Әлия', until: '2027-01-01T00:00:00Z' },
    documents: [{ ...paper, title: 'Талон', fileName: 'talon.pdf' }],
  },
  'case-file.withdraw': { grantId: randomUUID(), filingId, reason: 'over' },
  'note.add': { noteId: randomUUID(), filingId, text: 'note', madeAt: NOW },
  'note.withdraw': { noteId: randomUUID(), filingId },
  'filing.correct': {
    ...{ correctionId: randomUUID(), filingId, number: 1, kind: 'claim', category: null, parties: [], representative: null },
    ...{ reason: 'as the passport says', madeAt: NOW },
  },
  'fact.correct': {
    ...{ correctionId: randomUUID(), filingId, fact: 'name', party: 0, before: 'Әлия', after: 'Әлия Өмірбек' },
    ...{ reason: 'as the passport says', madeAt: NOW },
  },
  'proposal.recall': { recallId: randomUUID(), filingId, reason: 'paid meanwhile', recalledAt: NOW },
  'survey.ask': { surveyId: randomUUID(), filingId, step: 'registration', questionSet: 'registration-1' },
};

describe('every command by every role', () => {
  let open: OpenRegistry;
  let desk: Desk;
  let guest: Mandated;
  const sessions = new Map<Role, Mandated>();

  beforeAll(async () => {
    open = await openRegistry(() => Promise.resolve({ database: 'embedded', dataDir: null }), { mode: 'real', courts: [ALMATY] });
    desk = await open.desk(ALMATY.code);
    guest = await signIn(desk, await makePerson(open, ALMATY.code, []));
    for (const role of ROLES) sessions.set(role, await signIn(desk, await makePerson(open, ALMATY.code, [role])));
  });
  afterAll(() => open?.registry.close());

  it('stands in the table of the protocol document', () => {
    expect([...table.keys()].sort()).toEqual([...COMMAND_KINDS].sort());
  });

  it.each(COMMAND_KINDS.flatMap((kind) => ROLES.map((role) => [kind, role] as const)))(
    '%s by %s passes as the table has it',
    async (kind, role) => {
      const { outcome, code } = await sendEnvelope(desk, proven(sessions.get(role)!, kind, payloads[kind]));
      expect([
        outcome === 'refused' && code === 'role-not-allowed',
        ['proof-missing', 'proof-invalid', 'input-invalid'].includes(code ?? ''),
      ]).toEqual([!table.get(kind)!.includes(role), false]);
    },
  );

  it.each(COMMAND_KINDS)('%s by nobody passes only where the workstation acts by itself', async (kind) => {
    const byNobody = (await desk.send(kind, payloads[kind], null, { session: null })).code;
    expect(byNobody === 'user-unknown').toBe(!['act.raise', 'number.return', 'journal.anchor'].includes(kind));
  });

  it.each(COMMAND_KINDS)('%s by somebody without any role is refused', async (kind) => {
    const { code } = await sendEnvelope(desk, proven(guest, kind, payloads[kind]));
    expect(code === 'role-not-allowed').toBe(!['act.raise', 'number.return', 'journal.anchor'].includes(kind));
  });
});
