import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SESSION_LIMITS, type CommandEnvelope } from '../../../shared/registry/index.ts';
import { sha256, signAssertion, type Desk } from '../../support/registry/desk.ts';
import type { Answer } from '../../support/registry/documented-client.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { ALMATY, ASTANA, CABINET_TOKEN, NOW_MS, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';
import { makeSubmission } from '../../support/registry/filer.ts';
import {
  hoursFromNow,
  makeCertificate,
  makePerson,
  mandate,
  proven,
  sendEnvelope,
  signIn,
  signPss,
  type Person,
} from '../../support/registry/person.ts';
import { useGostEngine } from '../../support/openssl-pki.ts';

const refusal = (answer: Answer) => [answer.status, answer.json?.code];
const DAY = 24;

describeOnEveryDatabase('sessions', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  let neighbour: Desk;
  let head: Person;
  let passedHours = 0;
  const pass = (hours: number) => (passedHours += hours);

  beforeAll(async () => {
    const clock = () => new Date(NOW_MS + passedHours * 3_600_000).toISOString();
    open = await openRegistry(fresh, { mode: 'real', courts: [ALMATY, ASTANA], clock, attemptsPerSecond: 1000 });
    desk = await open.desk(ALMATY.code);
    neighbour = await open.desk(ALMATY.code);
    head = await makePerson(open, ALMATY.code, ['office-head', 'secretary']);
  });
  afterAll(() => open?.registry.close());

  const begin = async (...given: Parameters<typeof mandate>) => given[0].call('beginSession', { json: (await mandate(...given)).request });
  /** A command that any head of office may send at any time. */
  const accepting = () => ({ entries: 1, head: sha256(randomUUID()), finding: 'journal-edited', lastGood: 0, reason: 'restored' });
  const outcome = async (from: Desk, envelope: CommandEnvelope) => {
    const answer = await sendEnvelope(from, envelope);
    return [answer.outcome, answer.code];
  };
  const APPLIED = ['applied', null];

  describe('a mandate', () => {
    it.each([
      ['RSA PKCS#1 v1.5', 'rsa', false],
      ['RSA PSS', 'rsa', true],
      ['ECDSA over P-256', 'P-256', false],
      ['ECDSA over P-384', 'P-384', false],
    ] as const)('signed with %s opens a session', async (_name, kind, pss) => {
      const person = await makePerson(open, ALMATY.code, ['secretary'], { certificate: makeCertificate(kind) });
      const made = await mandate(desk, person, pss ? { by: signPss(person) } : {});
      const answer = await desk.call('beginSession', { json: made.request });
      expect(answer.json).toEqual({
        id: made.request.publicKey,
        userId: person.id,
        notBefore: made.request.notBefore,
        notAfter: made.request.notAfter,
        online: true,
        handedInAt: expect.any(String),
        endedAt: null,
        revokedAt: null,
      });
    });

    it('by a key that cannot be verified here is refused by name', async () => {
      useGostEngine();
      const certificate = makeCertificate('gost2012_256:A');
      const person = await makePerson(open, ALMATY.code, ['secretary'], { certificate });
      expect(refusal(await begin(desk, person, { by: () => Buffer.alloc(64, 1) }))).toEqual([422, 'key-algorithm-unsupported']);
    });

    it('of somebody who is not here, not active or whose certificate is not on the list is refused', async () => {
      const elsewhere = await makePerson(open, ASTANA.code, ['secretary']);
      expect(refusal(await begin(desk, elsewhere))).toEqual([422, 'user-unknown']);
      expect(refusal(await begin(desk, { ...head, id: randomUUID() }))).toEqual([422, 'user-unknown']);
      const unlisted = await makePerson(open, ALMATY.code, ['secretary'], { certificates: [head.pem] });
      expect(refusal(await begin(desk, unlisted))).toEqual([403, 'certificate-unlisted']);
      const retired = await makePerson(open, ALMATY.code, ['secretary']);
      await keep(retired, { active: false });
      expect(refusal(await begin(desk, retired))).toEqual([403, 'user-inactive']);
    });

    it('signed by another key, for another workstation, for other times or for too long is refused', async () => {
      const other = await makePerson(open, ALMATY.code, ['secretary']);
      const invalid = [403, 'mandate-invalid'];
      expect(refusal(await begin(desk, head, { by: other.sign }))).toEqual(invalid);
      expect(refusal(await begin(desk, head, { workstation: neighbour.id }))).toEqual(invalid);
      expect(refusal(await begin(desk, head, { notBefore: hoursFromNow(0), notAfter: hoursFromNow(12.1) }))).toEqual(invalid);
      expect(refusal(await begin(desk, head, { notBefore: hoursFromNow(1), notAfter: hoursFromNow(1) }))).toEqual(invalid);
      const made = await mandate(desk, head);
      const later = { ...made.request, notAfter: hoursFromNow(10.5) };
      expect(refusal(await desk.call('beginSession', { json: later }))).toEqual(invalid);
      for (const bad of [
        { ...made.request, publicKey: 'short' },
        { ...made.request, extra: 1 },
        { ...made.request, nonce: '' },
      ])
        expect(refusal(await desk.call('beginSession', { json: bad }))).toEqual([400, 'input-invalid']);
    });

    it('names a challenge of its own workstation, once, within five minutes', async () => {
      const used = await signIn(desk, head);
      expect(refusal(await begin(desk, head, { nonce: used.request.nonce }))).toEqual([409, 'challenge-used']);
      const foreign = (await neighbour.call('giveChallenge')).json.nonce as string;
      expect(refusal(await begin(desk, head, { nonce: foreign }))).toEqual([409, 'challenge-used']);
      const late = await mandate(desk, head);
      pass(SESSION_LIMITS.challengeSeconds / 3600 + 0.01);
      await desk.renewToken();
      expect(refusal(await desk.call('beginSession', { json: late.request }))).toEqual([409, 'challenge-used']);
      // handed in as one made without a line it counts: the work under it is not lost
      expect((await desk.call('beginSession', { json: { ...late.request, online: false } })).json.online).toBe(false);
    });

    it('that was refused does not use its challenge up', async () => {
      const made = await mandate(desk, head, { workstation: neighbour.id });
      expect(refusal(await desk.call('beginSession', { json: made.request }))).toEqual([403, 'mandate-invalid']);
      expect((await begin(desk, head, { nonce: made.request.nonce })).status).toBe(200);
    });

    it('that is handed in again, because its answer was lost, is the same session; another desk cannot have it', async () => {
      const made = await signIn(desk, head);
      const again = await desk.call('beginSession', { json: { ...made.request, online: false } });
      expect(again.json).toMatchObject({ id: made.request.publicKey, online: true });
      expect(refusal(await neighbour.call('beginSession', { json: made.request }))).toEqual([409, 'request-id-reused']);
    });
  });

  describe('the clock of the desk', () => {
    it.each([-1, 1])('may be off by %i day: the session and the work under it count', async (days) => {
      const at = (hours: number) => hoursFromNow(days * DAY + hours);
      const session = await signIn(desk, head, { notBefore: at(-1), notAfter: at(9) });
      expect(await outcome(desk, proven(session, 'journal.accept', accepting(), { at: at(0) }))).toEqual(APPLIED);
    });

    it('further off is told at sign-in, before any work is done under it', async () => {
      for (const days of [-3, 3])
        expect(refusal(await begin(desk, head, { notBefore: hoursFromNow(days * DAY), notAfter: hoursFromNow(days * DAY + 9) }))).toEqual([
          403,
          'mandate-untimely',
        ]);
    });
  });

  describe('without a line', () => {
    const ago = (days: number) => ({ online: false, notBefore: hoursFromNow(-days * DAY), notAfter: hoursFromNow(-days * DAY + 9) });

    it('a mandate of the last weeks is taken, one from before or of days to come is not', async () => {
      const session = await signIn(desk, head, ago(30));
      const at = hoursFromNow(-30 * DAY + 5);
      expect(await outcome(desk, proven(session, 'journal.accept', accepting(), { at }))).toEqual(APPLIED);
      expect(refusal(await begin(desk, head, ago(SESSION_LIMITS.days + 1)))).toEqual([403, 'mandate-untimely']);
      expect(refusal(await begin(desk, head, ago(-3)))).toEqual([403, 'mandate-untimely']);
    });

    it('a certificate that ran out before the line was back does no harm; one that had run out before does', async () => {
      const certificate = makeCertificate('P-256', { from: hoursFromNow(-90 * DAY), to: hoursFromNow(-5 * DAY) });
      const person = await makePerson(open, ALMATY.code, ['office-head'], { certificate });
      const session = await signIn(desk, person, ago(6));
      const at = hoursFromNow(-6 * DAY + 1);
      expect(await outcome(desk, proven(session, 'journal.accept', accepting(), { at }))).toEqual(APPLIED);
      expect(refusal(await begin(desk, person, ago(2)))).toEqual([403, 'certificate-outdated']);
      expect(refusal(await begin(desk, person))).toEqual([403, 'certificate-outdated']);
    });

    it('a person who was deactivated meanwhile is refused, and so is what was done before', async () => {
      const person = await makePerson(open, ALMATY.code, ['office-head']);
      const session = await signIn(desk, person);
      const made = await mandate(desk, person, { online: false });
      await keep(person, { active: false });
      expect(refusal(await desk.call('beginSession', { json: made.request }))).toEqual([403, 'user-inactive']);
      const done = proven(session, 'journal.accept', accepting(), { at: hoursFromNow(-0.5) });
      expect(await outcome(desk, done)).toEqual(['refused', 'user-inactive']);
      // active again: the old session stays closed, a new one confirms what was done
      await keep(person, { active: true });
      expect(await outcome(desk, done)).toEqual(['refused', 'session-over']);
      const confirming = await signIn(desk, person);
      const confirmed = proven(confirming, 'journal.accept', done.payload as never, {
        id: done.id,
        at: done.at,
        confirmedAt: hoursFromNow(0),
      });
      expect(await outcome(desk, confirmed)).toEqual(APPLIED);
    });
  });

  describe('a command', () => {
    it('counts with the proof of its actor, and not with a changed word', async () => {
      const session = await signIn(desk, head);
      const command = proven(session, 'journal.accept', accepting());
      const changes: Partial<CommandEnvelope>[] = [
        { payload: accepting() },
        { at: hoursFromNow(-0.1) },
        { id: randomUUID() },
        { subject: 'else' },
        { confirmedAt: hoursFromNow(0) },
        { proof: command.proof!.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) },
        { proof: '' },
      ];
      for (const change of changes)
        expect([change, await outcome(desk, { ...command, ...change })]).toEqual([change, ['refused', 'proof-invalid']]);
      const other = await makePerson(open, ALMATY.code, ['office-head']);
      expect(await outcome(desk, proven({ ...session, actor: other.id }, 'journal.accept', accepting()))).toEqual([
        'refused',
        'proof-invalid',
      ]);
      expect(await outcome(desk, command)).toEqual(APPLIED);
    });

    it('of a person without a proof is refused; a desk that knows no sessions must be updated', async () => {
      const send = async (more: Partial<CommandEnvelope>) => (await desk.send('journal.accept', accepting(), head.id, more)).code;
      expect(await send({ session: null })).toBe('proof-missing');
      expect(await send({ session: 'A'.repeat(43) })).toBe('proof-missing');
      expect(await send({})).toBe('update-needed');
    });

    it('under a session of another workstation or of nobody is refused', async () => {
      const session = await signIn(neighbour, head);
      expect(await outcome(desk, proven(session, 'journal.accept', accepting()))).toEqual(['refused', 'session-unknown']);
      const never = await mandate(desk, head);
      expect(await outcome(desk, proven(never, 'journal.accept', accepting()))).toEqual(['refused', 'session-unknown']);
      expect(await outcome(neighbour, proven(session, 'journal.accept', accepting()))).toEqual(APPLIED);
    });

    it('must lie within the mandate and before the end that the desk told', async () => {
      const session = await signIn(desk, head);
      const send = (at: string, more = {}) => outcome(desk, proven(session, 'journal.accept', accepting(), { at, ...more }));
      expect(await send(hoursFromNow(-1.1))).toEqual(['refused', 'session-over']);
      expect(await send(hoursFromNow(10.1))).toEqual(['refused', 'session-over']);
      const end = (at: string) => desk.call('endSession', { path: { id: session.request.publicKey }, query: { at } });
      expect((await end(hoursFromNow(2))).json.endedAt).toBe(hoursFromNow(2));
      expect(await send(hoursFromNow(2.1))).toEqual(['refused', 'session-over']);
      expect(await send(hoursFromNow(0), { confirmedAt: hoursFromNow(3) })).toEqual(['refused', 'session-over']);
      expect(await send(hoursFromNow(1.9))).toEqual(APPLIED);
      // the earliest end holds, whatever comes after
      expect((await end(hoursFromNow(4))).json.endedAt).toBe(hoursFromNow(2));
      expect((await end(hoursFromNow(1))).json.endedAt).toBe(hoursFromNow(1));
      expect(await send(hoursFromNow(1.5))).toEqual(['refused', 'session-over']);
    });

    it('that was applied stays applied, whichever session its repeat comes under', async () => {
      const command = proven(await signIn(desk, head), 'journal.accept', accepting());
      expect(await outcome(desk, command)).toEqual(APPLIED);
      const again = proven(await signIn(desk, head), 'journal.accept', command.payload as never, {
        id: command.id,
        confirmedAt: hoursFromNow(0),
      });
      expect(await outcome(desk, again)).toEqual(['duplicate', null]);
      expect(await outcome(desk, { ...again, payload: accepting() })).toEqual(['refused', 'command-id-reused']);
    });

    it('is taken for a month after the session was handed in', async () => {
      const command = proven(await signIn(desk, head), 'journal.accept', accepting());
      const before = passedHours;
      pass(SESSION_LIMITS.days * DAY + 1);
      const assertion = await signAssertion(desk.key, desk.id, NOW_MS + passedHours * 3_600_000);
      const token = (await open.client.call('takeToken', { json: { assertion } })).json.accessToken as string;
      const late = await open.client.call('sendCommand', { token, json: command });
      expect([late.json.outcome, late.json.code]).toEqual(['refused', 'session-over']);
      passedHours = before;
      expect(await outcome(desk, command)).toEqual(APPLIED);
    });

    it('that a workstation sends by itself needs no proof, and a wrong one is refused all the same', async () => {
      const anchor = { entries: 90_000, head: sha256('journal') };
      expect((await desk.send('journal.anchor', anchor, null)).outcome).toBe('applied');
      const session = await signIn(desk, head);
      const wrong = { ...proven(session, 'journal.anchor', anchor), at: hoursFromNow(-0.5) };
      expect(await outcome(desk, wrong)).toEqual(['refused', 'proof-invalid']);
    });

    it('that gives out a talon follows from the registration at the same workstation, and from no other', async () => {
      const session = await signIn(desk, head);
      const { submission, files } = makeSubmission(ALMATY.code, randomUUID());
      for (const file of files) await open.client.call('uploadToCabinet', { token: CABINET_TOKEN, body: new Uint8Array(file) });
      const filing = (await open.client.call('submitFiling', { token: CABINET_TOKEN, json: submission })).json as { id: string };
      const { first } = await desk.lease('incoming', 1);
      const lease = (await desk.take(filing.id, head.id)).json.lease.id as string;
      const registering = {
        filingId: filing.id,
        leaseId: lease,
        incomingNumber: `${ALMATY.code}-26-${String(first).padStart(6, '0')}`,
        caseNumber: null,
        joinsCase: null,
        registeredAt: hoursFromNow(0),
        verdict: 'valid' as const,
        flagged: false,
        defects: [],
      };
      expect((await desk.send('filing.register', registering, head.id, { session: null })).code).toBe('proof-missing');
      expect(await outcome(desk, proven(session, 'filing.register', registering))).toEqual(APPLIED);
      const bytes = Buffer.from('%PDF talon');
      const talon = { filingId: filing.id, ...(await desk.upload(bytes)), qr: 'qr' };
      await neighbour.upload(bytes);
      expect((await neighbour.send('talon.issue', talon, head.id, { session: null })).code).toBe('proof-missing');
      expect((await desk.send('talon.issue', talon, head.id)).outcome).toBe('applied');
    });
  });

  describe('an end by the registry', () => {
    const endAll = (id: string) => open.client.call('endSessionsOfUser', { token: open.registry.adminToken, path: { id } });

    it('takes in all sessions of a person at every desk, at once, and leaves those of others', async () => {
      const person = await makePerson(open, ALMATY.code, ['office-head']);
      const [here, there, others] = [await signIn(desk, person), await signIn(neighbour, person), await signIn(desk, head)];
      const ended = (await endAll(person.id)).json.sessions as { id: string; revokedAt: string }[];
      expect(ended.map(({ id }) => id).sort()).toEqual([here.request.publicKey, there.request.publicKey].sort());
      expect((await endAll(person.id)).json.sessions).toEqual([]);
      const before = { at: hoursFromNow(-0.5) };
      expect(await outcome(desk, proven(here, 'journal.accept', accepting(), before))).toEqual(['refused', 'session-over']);
      expect(await outcome(neighbour, proven(there, 'journal.accept', accepting(), before))).toEqual(['refused', 'session-over']);
      expect(await outcome(desk, proven(others, 'journal.accept', accepting(), before))).toEqual(APPLIED);
      expect(await outcome(desk, proven(await signIn(desk, person), 'journal.accept', accepting()))).toEqual(APPLIED);
    });

    it('of a workstation ends its sessions and gives nothing to a request that was held meanwhile', async () => {
      const doomed = await open.desk(ALMATY.code);
      const session = await signIn(doomed, head);
      const { seq } = (await doomed.feed()).at(-1)!;
      const held = doomed.call('readFeed', { query: { after: seq, wait: 2 } });
      await open.client.call('revokeWorkstation', { token: open.registry.adminToken, path: { id: doomed.id } });
      expect(refusal(await held)).toEqual([403, 'workstation-revoked']);
      expect(refusal(await doomed.call('sendCommand', { json: proven(session, 'journal.accept', accepting()) }))).toEqual([
        403,
        'workstation-revoked',
      ]);
      expect(refusal(await doomed.call('giveChallenge'))).toEqual([403, 'workstation-revoked']);
      expect((await endAll(head.id)).json.sessions).not.toContainEqual(expect.objectContaining({ id: session.request.publicKey }));
    });
  });

  it('in training a missing proof is let through and a wrong one is not', async () => {
    const training = await openRegistry(fresh);
    try {
      const trainee = await training.desk();
      const person = await makePerson(training, '9900', ['office-head']);
      expect((await trainee.send('journal.accept', accepting(), person.id)).outcome).toBe('applied');
      const session = await signIn(trainee, person, { notBefore: '2001-01-01T00:00:00Z', notAfter: '2001-01-01T08:00:00Z' }).catch(String);
      expect(session).toContain('certificate-outdated');
      const pretended = makeCertificate('P-256', { from: '2001-01-01T00:00:00Z', to: '2001-12-31T00:00:00Z' });
      const student = await makePerson(training, '9900', ['office-head'], { certificate: pretended });
      const past = await signIn(trainee, student, { notBefore: '2001-03-01T00:00:00Z', notAfter: '2001-03-01T08:00:00Z' });
      const command = proven(past, 'journal.accept', accepting(), { at: '2001-03-01T01:00:00Z' });
      expect(await outcome(trainee, { ...command, payload: accepting() })).toEqual(['refused', 'proof-invalid']);
      expect(await outcome(trainee, command)).toEqual(APPLIED);
    } finally {
      await training.registry.close();
    }
  });

  async function keep(person: Person, change: { active: boolean }): Promise<void> {
    const { users } = (await open.client.call('listUsers', { token: open.registry.adminToken })).json as { users: { id: string }[] };
    const user = users.find(({ id }) => id === person.id)!;
    await open.client.call('keepUser', { token: open.registry.adminToken, json: { ...user, ...change } });
  }
});
