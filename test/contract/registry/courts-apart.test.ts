import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandKind, CommandPayload } from '../../../shared/registry/index.ts';
import { COMMAND_KINDS } from '../../../shared/registry/index.ts';
import { keepUser, sha256, signAssertion, type Desk } from '../../support/registry/desk.ts';
import { operations, type Call, type Operation } from '../../support/registry/documented-client.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { makeSubmission, submitFiling } from '../../support/registry/filer.ts';
import { hoursFromNow, makePerson, mandate, proven, sendEnvelope, signIn, type Person } from '../../support/registry/person.ts';
import { ALMATY, ASTANA, NOW, NOW_MS, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

describeOnEveryDatabase('courts are apart', (fresh) => {
  let open: OpenRegistry;
  /** Two desks of two courts; the first has everything, the second tries to get at it. */
  let owner: Desk;
  let other: Desk;
  let filing: { id: string; cabinetNumber: string };
  let act: { actId: string; sha256: string; size: number };
  let talon: { sha256: string; size: number };
  let hearing: CommandPayload<'hearing.set'>;
  let grant: CommandPayload<'case-file.grant'>;
  let clerk: string;
  let judge: string;
  let otherClerk: string;
  let otherJudge: string;
  let otherAdmin: string;
  const invitation = randomUUID();
  let otherPerson: Person;
  let ownerNumbers: { first: number };
  let ownerBlock: string;

  beforeAll(async () => {
    open = await openRegistry(fresh, { courts: [ALMATY, ASTANA] });
    owner = await open.desk(ALMATY.code);
    other = await open.desk(ASTANA.code);
    const people = (court: string, roles: string[]) => keepUser(open.client, open.registry, court, roles);
    clerk = await people(ALMATY.code, ['secretary']);
    judge = await people(ALMATY.code, ['judge']);
    otherClerk = await people(ASTANA.code, ['secretary', 'office-head']);
    otherJudge = await people(ASTANA.code, ['judge']);
    otherAdmin = await people(ASTANA.code, ['admin']);
    const invite = { invitationId: invitation, name: 'Кеңсе', codeSha256: sha256('a code of the first court') };
    await owner.send('workstation.invite', invite, await people(ALMATY.code, ['admin']));
    otherPerson = await makePerson(open, ASTANA.code, ['office-head']);
    filing = await submitFiling(open.client, ALMATY.code, 'belongs to one court');
    const block = await owner.lease('incoming', 5);
    [ownerNumbers, ownerBlock] = [block, block.id];
    await owner.lease('case', 5);
    talon = await owner.upload(Buffer.from('%PDF the talon'));
    hearing = {
      ...{ hearingId: randomUUID(), filingId: filing.id, caseNumber: null, revision: 1, startsAt: NOW, place: 'Алматы', room: null },
      ...{ judgeId: null, mode: 'in-person', link: null, recordingNote: null, recipients: [] },
    };
    const paper = { ...talon, title: 'Талон', fileName: 'talon.pdf' };
    grant = { grantId: randomUUID(), filingId: filing.id, person: 'Әлия', documents: [paper], until: '2027-01-01T00:00:00Z' };
    act = { actId: randomUUID(), ...(await owner.upload(Buffer.from('%PDF the act'))) };
  });
  afterAll(() => open?.registry.close());

  const dispatched = randomUUID();
  const letter = { channel: 'post' as const, address: 'Алматы', waitHours: null };
  const registering = { registeredAt: NOW, verdict: 'valid' as const, flagged: false, defects: [] };
  const numberOf = (court: string, sequence: number) => `${court}-26-${String(sequence).padStart(6, '0')}`;

  /** What the second desk gets for each command that names what the first one has. */
  const tries: { [K in CommandKind]: () => { payload: CommandPayload<K>; by: string | null; expected: [string, string | null] } } = {
    'filing.register': () => ({
      payload: { filingId: filing.id, incomingNumber: numberOf(ASTANA.code, 1), caseNumber: null, joinsCase: null, ...registering },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'filing.take-paper': () => ({
      payload: {
        ...{ filingId: randomUUID(), leaseId: randomUUID(), takenAt: NOW },
        filing: {
          ...{ court: ASTANA.code, kind: 'claim', language: 'kk', parties: [] },
          documents: [{ ...talon, role: 'claim', title: 'Талон', fileName: 'talon.pdf', signatures: [] }],
        },
      },
      by: otherClerk,
      expected: ['refused', 'document-missing'],
    }),
    'filing.add-annexes': () => ({
      payload: {
        ...{ annexId: randomUUID(), filingId: filing.id, receivedAt: NOW, handedInBy: 'Әлия' },
        documents: [{ ...talon, role: 'evidence', title: 'Талон', fileName: 'talon.pdf', signatures: [] }],
      },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'filing.link': () => ({
      payload: { filingId: filing.id, otherId: randomUUID(), linkedAt: NOW },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'talon.issue': () => ({ payload: { filingId: filing.id, ...talon, qr: 'qr' }, by: otherClerk, expected: ['refused', 'not-found'] }),
    'finding.override': () => ({
      payload: { filingId: filing.id, finding: 'no-documents', rule: 'no-documents', severity: 'fatal', reason: 'other court' },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'filing.send-to-judge': () => ({
      payload: { filingId: filing.id, judgeId: otherJudge },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'act.issue': () => ({
      payload: { ...act, actId: randomUUID(), filingId: filing.id, kind: 'ruling-accept', level: 'B', signedAt: NOW, state: 'accepted' },
      by: otherJudge,
      expected: ['refused', 'not-found'],
    }),
    'act.raise': () => ({
      payload: { actId: act.actId, filingId: filing.id, from: act.sha256, sha256: talon.sha256, size: talon.size, level: 'T' },
      by: null,
      expected: ['refused', 'not-found'],
    }),
    'act.dispatch': () => ({
      payload: { actId: act.actId, filingId: filing.id, recipients: [] },
      by: otherJudge,
      expected: ['refused', 'not-found'],
    }),
    'dispatch.send': () => ({
      payload: { actId: act.actId, filingId: filing.id, recipients: [{ id: randomUUID(), name: 'Әлия', filingId: null, steps: [letter] }] },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'dispatch.resend': () => ({
      payload: { deliveryId: dispatched, filingId: filing.id, steps: [letter] },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'dispatch.record': () => ({
      payload: { deliveryId: dispatched, filingId: filing.id, event: 'delivered', at: NOW, number: null },
      by: otherJudge,
      expected: ['refused', 'not-found'],
    }),
    'filing.assign': () => ({
      payload: { filingId: filing.id, assignee: otherClerk, seen: null },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'absence.set': () => ({
      payload: {
        ...{ absenceId: randomUUID(), userId: clerk, from: '2026-11-23', until: '2026-11-27', kind: 'leave' },
        ...{ coveredBy: null, withdrawn: false },
      },
      by: otherClerk,
      expected: ['refused', 'user-unknown'],
    }),
    'norm.set': () => ({ payload: { userId: clerk, norm: 10 }, by: otherClerk, expected: ['refused', 'user-unknown'] }),
    'share-rules.set': () => ({
      payload: { rules: [{ id: randomUUID(), on: true, kinds: [], people: [clerk], most: null }] },
      by: otherClerk,
      expected: ['refused', 'user-unknown'],
    }),
    'filing.postpone': () => ({
      payload: { filingId: filing.id, until: hoursFromNow(48), reason: 'of another court' },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'user.keep': () => ({
      payload: { userId: clerk, seen: sha256('seen'), name: 'Әлия', iin: null, roles: [], certificates: [], active: false },
      by: otherAdmin,
      expected: ['refused', 'not-found'],
    }),
    // a code is the hash of a secret: who has it may make it known to his own court, and learns nothing
    'workstation.invite': () => ({
      payload: { invitationId: randomUUID(), name: 'Desk', codeSha256: sha256(randomUUID()) },
      by: otherAdmin,
      expected: ['applied', null],
    }),
    'workstation.withdraw': () => ({ payload: { invitationId: invitation }, by: otherAdmin, expected: ['refused', 'not-found'] }),
    'workstation.rename': () => ({
      payload: { workstationId: owner.id, name: 'of another court' },
      by: otherAdmin,
      expected: ['refused', 'not-found'],
    }),
    'workstation.revoke': () => ({ payload: { workstationId: owner.id }, by: otherAdmin, expected: ['refused', 'not-found'] }),
    'court.configure': () => ({
      payload: { offlineSignInDays: 0, idleLockMinutes: 1 },
      by: otherAdmin,
      expected: ['applied', null],
    }),
    'court.rename': () => ({
      payload: { nameKk: 'Басқа сот', nameRu: 'Другой суд' },
      by: otherAdmin,
      expected: ['applied', null],
    }),
    'lease.take-over': () => ({
      payload: { filingId: filing.id, reason: 'of another court' },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'number.return': () => ({ payload: { blockId: ownerBlock, first: ownerNumbers.first }, by: null, expected: ['refused', 'not-found'] }),
    // the same numbers of another court are other numbers
    'number.claim': () => ({
      payload: { series: 'incoming', year: '26', typeIndex: '', first: ownerNumbers.first, last: ownerNumbers.first },
      by: otherClerk,
      expected: ['applied', null],
    }),
    'number.void': () => ({
      payload: { filingId: filing.id, incomingNumber: numberOf(ALMATY.code, ownerNumbers.first), caseNumber: null },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'journal.anchor': () => ({ payload: { entries: 1, head: sha256('other journal') }, by: null, expected: ['applied', null] }),
    'hearing.set': () => ({
      payload: { ...hearing, hearingId: randomUUID() },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'hearing.cancel': () => ({
      payload: { hearingId: hearing.hearingId, reason: null },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'summons.issue': () => ({
      payload: { summonsId: randomUUID(), hearingId: hearing.hearingId, recipient: { name: 'Әлия', channel: 'cabinet' }, ...talon },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'request.fulfil': () => ({
      payload: { filingId: filing.id, documents: [], note: 'of another court' },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'case-file.grant': () => ({
      payload: { ...grant, grantId: randomUUID() },
      by: otherJudge,
      expected: ['refused', 'not-found'],
    }),
    'case-file.withdraw': () => ({
      payload: { grantId: grant.grantId, filingId: filing.id, reason: 'of another court' },
      by: otherJudge,
      expected: ['refused', 'not-found'],
    }),
    'note.add': () => ({
      payload: { noteId: randomUUID(), filingId: filing.id, text: 'of another court', madeAt: NOW },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'note.withdraw': () => ({
      payload: { noteId: randomUUID(), filingId: filing.id },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'filing.correct': () => ({
      payload: {
        ...{ correctionId: randomUUID(), filingId: filing.id, number: 1, kind: 'claim', category: null, parties: [], representative: null },
        ...{ reason: 'of another court', madeAt: NOW },
      },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'fact.correct': () => ({
      payload: {
        ...{ correctionId: randomUUID(), filingId: filing.id, fact: 'category', party: null, before: null, after: 'Қарыз' },
        ...{ reason: 'of another court', madeAt: NOW },
      },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'proposal.recall': () => ({
      payload: { recallId: randomUUID(), filingId: filing.id, reason: 'of another court', recalledAt: NOW },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'survey.ask': () => ({
      payload: { surveyId: randomUUID(), filingId: filing.id, step: 'registration', questionSet: 'registration-1' },
      by: otherClerk,
      expected: ['refused', 'not-found'],
    }),
    'journal.accept': () => ({
      payload: { entries: 1, head: sha256('other journal'), finding: 'journal-edited', lastGood: 0, reason: 'none' },
      by: clerk,
      expected: ['refused', 'user-unknown'],
    }),
  };

  async function sendAll() {
    for (const kind of COMMAND_KINDS) {
      const { payload, by, expected } = tries[kind]();
      const answer = await other.send(kind, payload, by);
      expect([kind, answer.outcome, answer.code, answer.filing]).toEqual([kind, ...expected, null]);
    }
  }

  const TUS = { 'tus-resumable': '1.0.0' };
  const partAt = (offset: number, bytes: Buffer) => ({
    headers: { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    body: new Uint8Array(bytes),
  });
  async function beginUpload(by: Desk, bytes: Buffer): Promise<string> {
    const metadata = `sha256 ${Buffer.from(sha256(bytes)).toString('base64')}`;
    const { headers } = await by.call('beginUpload', {
      headers: { ...TUS, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
    });
    return headers.get('location')!.split('/').at(-1)!;
  }

  /** One way in for each operation of a workstation. */
  const walk: Record<string, () => Promise<void>> = {
    async giveChallenge() {
      const nonce = (await owner.call('giveChallenge')).json.nonce as string;
      const request = (await mandate(other, otherPerson, { nonce })).request;
      expect((await other.call('beginSession', { json: request })).json.code).toBe('challenge-used');
    },
    async beginSession() {
      const person = await makePerson(open, ALMATY.code, ['office-head']);
      // the mandate of a person of the first court, given to the desk of the second by that very person
      expect((await other.call('beginSession', { json: (await mandate(other, person)).request })).json.code).toBe('user-unknown');
      const session = await signIn(owner, person);
      expect((await other.call('beginSession', { json: session.request })).json.code).toBe('request-id-reused');
      const stolen = proven({ ...session, actor: otherPerson.id }, 'journal.accept', tries['journal.accept']().payload);
      expect(await sendEnvelope(other, stolen)).toMatchObject({ outcome: 'refused', code: 'session-unknown' });
    },
    async endSession() {
      const session = await signIn(owner, await makePerson(open, ALMATY.code, ['office-head']));
      const end = { path: { id: session.request.publicKey }, query: { at: NOW } };
      expect((await other.call('endSession', end)).status).toBe(404);
      expect((await owner.call('endSession', { ...end, query: { at: hoursFromNow(1) } })).json.endedAt).toBe(hoursFromNow(1));
    },
    async readFeed() {
      const subjects = (await other.feed()).map((item) => item.subject);
      expect(subjects).not.toContain(filing.id);
      expect(subjects.sort()).toEqual([otherClerk, otherJudge, otherAdmin, otherPerson.id].sort());
    },
    async readWorkstations() {
      const { workstations, invitations } = (await other.call('readWorkstations')).json;
      expect([workstations.map((one: { id: string }) => one.id), invitations]).toEqual([[other.id], []]);
    },
    async readFeedLinks() {
      expect((await other.call('readFeedLinks')).json.links).toHaveLength((await other.feed()).length);
    },
    async listJournalAnchors() {
      const head = sha256('journal of the first desk');
      await owner.send('journal.anchor', { entries: 7, head }, null);
      const heads = (await other.call('listJournalAnchors')).json.anchors.map((anchor: { head: string }) => anchor.head);
      expect(heads).not.toContain(head);
    },
    async readDocument() {
      const { files } = makeSubmission(ALMATY.code, 'belongs to one court');
      for (const hash of [...files.map(sha256), talon.sha256, act.sha256]) {
        expect((await owner.call('readDocument', { path: { sha256: hash } })).status).toBe(200);
        expect((await other.call('readDocument', { path: { sha256: hash } })).status).toBe(404);
      }
    },
    async keepDocument() {
      // knowing a hash is not enough to be given the bytes; having the bytes is
      await other.call('keepDocument', { path: { sha256: talon.sha256 }, body: 'other bytes' });
      expect((await other.call('readDocument', { path: { sha256: talon.sha256 } })).status).toBe(404);
      const shared = Buffer.from('both courts have these');
      await owner.upload(shared);
      expect((await other.call('readDocument', { path: { sha256: sha256(shared) } })).status).toBe(404);
      await other.upload(shared);
      expect((await other.call('readDocument', { path: { sha256: sha256(shared) } })).bytes).toEqual(shared);
    },
    async beginUpload() {
      // the bytes are granted to the court of whoever brought them, and to no other
      const bytes = Buffer.from('in parts, by one court');
      const id = await beginUpload(owner, bytes);
      await owner.call('continueUpload', { path: { id }, ...partAt(0, bytes) });
      expect((await owner.call('readDocument', { path: { sha256: sha256(bytes) } })).status).toBe(200);
      expect((await other.call('readDocument', { path: { sha256: sha256(bytes) } })).status).toBe(404);
    },
    async readUpload() {
      const id = await beginUpload(owner, Buffer.from('to be asked for'));
      expect((await other.call('readUpload', { path: { id }, headers: TUS })).status).toBe(404);
    },
    async continueUpload() {
      const bytes = Buffer.from('to be gone on with');
      const id = await beginUpload(owner, bytes);
      expect((await other.call('continueUpload', { path: { id }, ...partAt(0, Buffer.alloc(5)) })).status).toBe(404);
      expect((await owner.call('readUpload', { path: { id }, headers: TUS })).headers.get('upload-offset')).toBe('0');
    },
    async endUpload() {
      const id = await beginUpload(owner, Buffer.from('to be ended'));
      expect((await other.call('endUpload', { path: { id }, headers: TUS })).status).toBe(404);
      expect((await owner.call('readUpload', { path: { id }, headers: TUS })).status).toBe(200);
    },
    async sendCommand() {
      await other.lease('incoming', 5);
      await sendAll();
      // the same when the first court has gone on
      const incomingNumber = numberOf(ALMATY.code, ownerNumbers.first);
      await owner.take(filing.id, clerk);
      const registered = await owner.send(
        'filing.register',
        { filingId: filing.id, incomingNumber, caseNumber: `${ALMATY.code}-26-00-2/1`, joinsCase: null, ...registering },
        clerk,
      );
      expect(registered.outcome).toBe('applied');
      await owner.send('talon.issue', { filingId: filing.id, ...talon, qr: 'qr' }, clerk);
      await owner.send('filing.send-to-judge', { filingId: filing.id, judgeId: judge }, clerk);
      const issue = { ...act, filingId: filing.id, kind: 'ruling-accept', level: 'B', signedAt: NOW, state: 'accepted' } as const;
      expect((await owner.send('act.issue', issue, judge)).outcome).toBe('applied');
      expect((await owner.send('hearing.set', hearing, clerk)).outcome).toBe('applied');
      expect((await owner.send('case-file.grant', grant, judge)).outcome).toBe('applied');
      await sendAll();
      const acts = (await owner.call('listFilings')).json.filings[0].acts;
      expect(acts).toEqual([expect.objectContaining({ id: act.actId, dispatched: false })]);

      // people, numbers, cases and bytes of the first court do not help with a filing of the second
      const own = await submitFiling(open.client, ASTANA.code, 'of the second court');
      await other.take(own.id, otherClerk);
      const register = (more: object, by = otherClerk) =>
        other.send(
          'filing.register',
          { filingId: own.id, incomingNumber: numberOf(ASTANA.code, 1), caseNumber: null, joinsCase: null, ...registering, ...more },
          by,
        );
      expect((await register({}, clerk)).code).toBe('user-unknown');
      expect((await register({ incomingNumber: numberOf(ALMATY.code, 2) })).code).toBe('number-not-leased');
      expect((await register({ caseNumber: `${ALMATY.code}-26-00-2/2` })).code).toBe('number-not-leased');
      expect((await register({ joinsCase: `${ALMATY.code}-26-00-2/1` })).code).toBe('case-unknown');
      expect((await register({})).outcome).toBe('applied');
      expect((await other.send('talon.issue', { filingId: own.id, ...talon, qr: 'qr' }, otherClerk)).code).toBe('document-missing');
      const stolen = { ...grant, grantId: randomUUID(), filingId: own.id };
      expect((await other.send('case-file.grant', stolen, otherJudge)).code).toBe('document-missing');
      const ofTwo = { ...hearing, hearingId: randomUUID(), filingId: own.id };
      const reader = { name: 'Әлия', channel: 'cabinet', filingId: filing.id } as const;
      expect((await other.send('hearing.set', { ...ofTwo, recipients: [reader] }, otherClerk)).code).toBe('not-found');
      expect((await other.send('hearing.set', { ...ofTwo, judgeId: judge }, otherClerk)).code).toBe('user-unknown');
      expect((await other.send('hearing.set', { ...ofTwo, hearingId: hearing.hearingId }, otherClerk)).code).toBe('not-found');
      expect((await other.send('hearing.set', ofTwo, otherClerk)).outcome).toBe('applied');
      const summons = { summonsId: randomUUID(), hearingId: ofTwo.hearingId, recipient: reader, ...talon };
      expect((await other.send('summons.issue', summons, otherClerk)).code).toBe('not-found');
      expect((await other.send('summons.issue', { ...summons, recipient: { ...reader, filingId: own.id } }, otherClerk)).code).toBe(
        'document-missing',
      );
      expect((await other.send('filing.send-to-judge', { filingId: own.id, judgeId: judge }, otherClerk)).code).toBe('user-unknown');
      const foreign = {
        ...act,
        actId: randomUUID(),
        filingId: own.id,
        kind: 'ruling-accept',
        level: 'B',
        signedAt: NOW,
        state: 'accepted',
      } as const;
      expect((await other.send('act.issue', foreign, otherJudge)).code).toBe('document-missing');
    },
    async leaseNumbers() {
      // every court counts for itself, and a request id means nothing to another desk
      const request = { requestId: randomUUID(), series: 'incoming', year: '27', typeIndex: '', size: 3 };
      expect((await owner.call('leaseNumbers', { json: request })).json).toMatchObject({ first: 1, last: 3 });
      expect((await other.call('leaseNumbers', { json: { ...request, size: 5 } })).json).toMatchObject({ first: 1, last: 5 });
    },
    async askAdministration() {
      const question = { before: null, limit: 100, from: null, until: null, action: null };
      const asking = (actor: string) => ({
        ...{
          id: randomUUID(),
          kind: 'administration.read',
          schemaVersion: 1,
          subject: 'court',
          actor,
          at: NOW,
          payload: question,
          session: null,
        },
      });
      const told = (await other.call('askAdministration', { json: asking(otherAdmin) })).json.entries as { subject: string }[];
      expect(told.map(({ subject }) => subject)).toContain(otherAdmin);
      for (const secret of [clerk, judge, invitation, owner.id, ALMATY.code]) expect(JSON.stringify(told)).not.toContain(secret);
      expect((await owner.call('askAdministration', { json: asking(otherAdmin) })).json.code).toBe('user-unknown');
    },
    async accountNumbers() {
      const query = { series: 'incoming', year: '26' };
      const blocks = async (desk: Desk) => (await desk.call('accountNumbers', { query })).json.blocks as { workstationId: string }[];
      expect((await blocks(owner)).some((block) => block.workstationId === owner.id)).toBe(true);
      expect((await blocks(other)).filter((block) => block.workstationId !== other.id)).toEqual([]);
    },
    async takeLease() {
      const open_ = await submitFiling(open.client, ALMATY.code, 'to be taken');
      expect((await other.take(open_.id, otherClerk)).status).toBe(404);
      expect((await owner.take(open_.id, otherClerk)).json.code).toBe('user-unknown');
      expect((await owner.take(open_.id, clerk)).status).toBe(200);
    },
    async keepLeases() {
      const taken = (await owner.take((await submitFiling(open.client, ALMATY.code, 'to be kept')).id, clerk)).json.lease;
      const answer = await other.keep({
        reserve: { count: 500, onlyAlone: false },
        renew: [taken.id],
        release: [taken.id],
        giveBack: [taken.id],
      });
      expect(answer.alone).toBe(true);
      expect(answer.desks.map((desk) => desk.id)).toEqual([other.id]);
      expect(answer.leases!.filter((lease) => lease.workstationId !== other.id || lease.filingId === taken.filingId)).toEqual([]);
      expect((await owner.keep()).leases).toContainEqual(taken);
    },
    async listFilings() {
      const ids = (await other.call('listFilings')).json.filings.map((state: { id: string }) => state.id);
      expect(ids).not.toContain(filing.id);
      expect((await other.call('listFilings', { query: { after: filing.id } })).json.filings).toEqual(
        (await other.call('listFilings')).json.filings.filter((state: { id: string }) => state.id > filing.id),
      );
    },
    async readFiling() {
      expect((await owner.call('readFiling', { path: { id: filing.id } })).json).toMatchObject({ id: filing.id });
      expect((await other.call('readFiling', { path: { id: filing.id } })).status).toBe(404);
    },
    async listDeliveries() {
      expect((await owner.call('listDeliveries', { path: { id: filing.id } })).status).toBe(200);
      expect((await other.call('listDeliveries', { path: { id: filing.id } })).status).toBe(404);
    },
    async readTrainingKit() {
      const trainee = await open.desk('9900');
      await trainee.call('leaveTrainingKit', { json: { users: [], kit: 'of the training court' } });
      expect((await other.call('readTrainingKit')).status).toBe(404);
    },
    async leaveTrainingKit() {
      expect((await other.call('leaveTrainingKit', { json: { users: [], kit: 'mine' } })).status).toBe(404);
    },
  };

  /** Operations that anybody may ask: being a desk of some court opens nothing more. */
  const openToAll: Record<string, () => Promise<void>> = {
    readHealth: () => sameForEverybody('readHealth'),
    readReadiness: () => sameForEverybody('readReadiness'),
    checkPaper: () => sameForEverybody('checkPaper', { path: { number: numberOf(ALMATY.code, 1) } }),
    readCheckPage: () => sameForEverybody('readCheckPage'),
    takeReceipts: () => sameForEverybody('takeReceipts', { json: {} }),
    async readMetrics() {
      const text = (await open.client.call('readMetrics')).bytes.toString();
      for (const secret of [filing.id, filing.cabinetNumber, owner.id, clerk]) expect(text).not.toContain(secret);
    },
    async enrol() {
      const { json } = await open.client.call('listCourts', { token: open.registry.adminToken });
      const code = (json.courts as { code: string; enrolmentCode: string }[]).find((court) => court.code === ASTANA.code)!.enrolmentCode;
      // neither the token nor the key of a desk of the first court makes the code of the second one of the first
      const request = { code, name: 'Desk', training: true, publicKey: owner.key.publicKey };
      const enrolled = (await owner.call('enrol', { json: request })).json;
      expect([enrolled.court.code, enrolled.workstationId === owner.id]).toEqual([ASTANA.code, false]);
    },
    async takeToken() {
      const assertion = await signAssertion(other.key, owner.id, NOW_MS);
      expect((await open.client.call('takeToken', { json: { assertion } })).json.code).toBe('assertion-invalid');
    },
  };
  async function sameForEverybody(operationId: string, given: Call = {}) {
    const [answer, asDesk] = [await open.client.call(operationId, given), await other.call(operationId, given)];
    expect([asDesk.status, asDesk.bytes.toString()]).toEqual([answer.status, answer.bytes.toString()]);
    expect(asDesk.bytes.toString()).not.toContain(filing.id);
  }

  const named = (which: (operation: Operation) => boolean) => operations.filter(which).map((operation) => operation.operationId);
  const needs = (scheme: string) => named(({ security }) => security?.some((one) => scheme in one) ?? false);
  const ofWorkstations = named(({ security }) => security === undefined);
  const ofAnybody = named(({ security }) => security?.length === 0);

  it('every operation of the protocol is walked here', () => {
    expect(ofWorkstations.sort()).toEqual(Object.keys(walk).sort());
    expect(ofAnybody.sort()).toEqual(Object.keys(openToAll).sort());
    expect([...ofWorkstations, ...ofAnybody, ...needs('admin'), ...needs('cabinet')].sort()).toEqual(named(() => true).sort());
  });

  it.each(ofWorkstations)('%s gives and changes nothing of another court', (operationId) => walk[operationId]!());

  it.each(ofAnybody)('%s gives a desk no more than anybody', (operationId) => openToAll[operationId]!());

  it.each([
    ['admin', 'admin-token-wrong'],
    ['cabinet', 'cabinet-token-wrong'],
  ])('a desk of a real court is refused by every operation of the %s', async (scheme, code) => {
    const real = await openRegistry(fresh, { mode: 'real', courts: [ALMATY] });
    try {
      const desk = await real.desk(ALMATY.code);
      for (const operationId of needs(scheme)) {
        const { path, method } = operations.find((operation) => operation.operationId === operationId)!;
        const anything = path.replace(/\{\w+\}/g, '7e5f0c1e-0000-7000-8000-000000000000');
        const answer = await fetch(real.registry.url + anything, { method, headers: { authorization: `Bearer ${desk.token}` } });
        expect([operationId, answer.status]).toEqual([operationId, 401]);
        if (method !== 'HEAD') expect([operationId, ((await answer.json()) as { code: string }).code]).toEqual([operationId, code]);
      }
    } finally {
      await real.registry.close();
    }
  });

  it('a filer cannot hand bytes of one court to another by their hash', async () => {
    const { submission } = makeSubmission(ASTANA.code, 'stolen', {
      documents: [{ role: 'claim', title: 't', fileName: 'f', size: act.size, sha256: act.sha256, signatures: [] }],
    });
    const answer = await open.client.call('submitFiling', { json: submission });
    expect([answer.status, answer.json.code]).toEqual([422, 'document-missing']);
  });

  it('the same command id of two desks is two commands', async () => {
    const id = randomUUID();
    const anchor = (desk: Desk, entries: number) => desk.send('journal.anchor', { entries, head: sha256('head') }, null, { id });
    expect((await anchor(owner, 100)).outcome).toBe('applied');
    expect((await anchor(other, 200)).outcome).toBe('applied');
  });
});
