import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDecision, reviewAct, signAct } from '../../../main/acts/index.ts';
import { readCaseCard } from '../../../main/core/case-card.ts';
import { finishWork, pull, viewFiling } from '../../../main/core/index.ts';
import { searchChannels } from '../../../main/core/channels/search-channels.ts';
import type { CoreContext } from '../../../main/core/core-context.ts';
import { correctFact, readFiling } from '../../../main/intake/index.ts';
import { registerFiling } from '../../../main/registration/index.ts';
import { CHANNELS, type Session } from '../../../shared/contract/index.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { tickChecks } from '../../support/desk/tick-checks.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let [secretary, judge, head]: string[] = [];
let number: string;
let [opener, joined]: string[] = [];
beforeAll(async () => {
  office = await trainingOffice({ now: '2026-11-20T04:00:00Z' });
  must(await pull(office.desk));
  [secretary, judge, head] = [await signInAs(office, 'secretary'), await signInAs(office, 'judge'), await signInAs(office, 'office-head')];
  opener = await arrive(office, sampleOf(office, 'good', 'claim'));
  must(register(office, opener, secretary));
  number = readFiling(office.desk.store.read, opener)!.caseNumber!;
  joined = await arrive(office, sampleOf(office, 'good', 'claim'));
  tickChecks(office.desk, joined, secretary);
  const seen = { id: joined, revision: readFiling(office.desk.store.read, joined)!.revision, actor: secretary };
  must(registerFiling(office.desk.registration, seen, { joinsCase: number }));
  must(await finishWork(office.desk));
});
afterAll(() => office.close());

const card = (role: Role, id: string, asked = number) => readCaseCard(office.desk, { number: asked, user: { id, role } });
const ofSecretary = () => card('secretary', secretary!)!;

async function sign(filingId: string): Promise<void> {
  const { desk } = office;
  const asked = { filingId, user: { id: judge!, role: 'judge' as const }, courtCode: '9900', now: desk.config.clock() };
  const draft = () => {
    const { id, revision, sha256 } = readDecision(desk.store.read, desk.reference, asked)!.act!;
    return { revision, sha256, actor: judge!, id, actId: id };
  };
  must(reviewAct({ store: desk.store, clock: desk.config.clock }, draft()));
  must(await signAct(desk.acts, { ...draft(), key: office.keyOf('judge'), display: { title: '', lines: [] } }));
}

describe('the card of a case', () => {
  it('says who and what with masked identifiers, and has every filing of the case with its documents', () => {
    const shown = ofSecretary();
    const { message } = readFiling(office.desk.store.read, opener!)!;
    expect(CHANNELS['case.get'].output.safeParse(shown).error).toBeUndefined();
    expect(shown).toMatchObject({ number, kind: 'claim', more: false });
    expect(shown.judge).toBe(office.desk.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', judge)!.name);
    expect(shown.parties.map(({ name }) => name)).toEqual(message.parties.map(({ name }) => name));
    for (const { iin } of message.parties) if (iin) expect(JSON.stringify(shown)).not.toContain(iin);
    expect(shown.parties.some(({ identifier }) => identifier?.includes('******'))).toBe(true);
    expect(shown.filings.map(({ id, opens }) => [id, opens])).toEqual([
      [opener, true],
      [joined, false],
    ]);
    expect(shown.filings[0]!.documents).toHaveLength(message.documents.length);
    expect(shown.filings[0]!.talon).toEqual({ drawn: true, prints: 0 });
  });

  it('keeps sending, receiving and registering apart and tells what happened since, newest first', async () => {
    const { store, reference, config } = office.desk;
    await sign(opener!);
    const name = readFiling(store.read, opener!)!.message.parties[0]!.name;
    const correction = { fact: 'name' as const, party: 0, before: name, after: 'Түзетілген Есім', reason: 'Жеке куәлік бойынша' };
    must(correctFact({ store, reference, clock: config.clock, newId: config.newId }, { id: opener!, actor: secretary!, ...correction }));
    const { timeline, acts, filings, parties } = ofSecretary();
    const of = (what: string) => timeline.filter((event) => event.what === what);
    for (const what of ['sent', 'received', 'registered']) expect(of(what), what).toHaveLength(2);
    expect(of('act-signed')).toMatchObject([{ act: { kind: 'ruling-accept' } }]);
    expect(of('corrected')).toMatchObject([{ text: 'Жеке куәлік бойынша' }]);
    expect(timeline.map(({ at }) => Date.parse(at))).toEqual(timeline.map(({ at }) => Date.parse(at)).toSorted((a, b) => b - a));
    expect(acts.map(({ filingId, signedAt, issued }) => [filingId, signedAt !== null, issued])).toEqual([
      [opener, true, false],
      [joined, false, false],
    ]);
    expect(filings[0]!.corrections).toMatchObject([{ before: name, after: 'Түзетілген Есім' }]);
    // what was registered stays
    expect(parties[0]!.name).toBe(name);
    expect(viewFiling(office.desk, opener!, 'secretary')!.parties[0]!.name).toBe(name);
  });

  it('is shown to the office and to the judge of the case, and to nobody else; drafts to those who work on them', async () => {
    const third = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, third, secretary!));
    must(await finishWork(office.desk));
    const other = readFiling(office.desk.store.read, third)!.caseNumber!;
    expect(card('secretary', secretary!, other)!.acts).toMatchObject([{ kind: 'ruling-accept', signedAt: null }]);
    expect(card('judge', judge!, other)!.acts).toHaveLength(1);
    expect(card('office-head', head!, other)!.acts).toEqual([]);
    expect(card('judge', secretary!, other)).toBeNull();
    expect(card('secretary', secretary!, '9900-26-00-2/9999')).toBeNull();
    expect(CHANNELS['case.get'].access).not.toContain('admin');
  });

  it('is a look at every filing of the case, written down once while it stays open', () => {
    const looks: string[] = [];
    const context = {
      desk: office.desk,
      journalLook: (by: Session, action: string, subject: string) => looks.push(`${by.userId} ${action} ${subject}`),
    } as unknown as CoreContext;
    const channels = searchChannels(context);
    const ask = (role: Role, userId: string, asked = number) =>
      channels['case.get']({ number: asked }, { userId, activeRole: role } as Session);
    expect(ask('secretary', secretary!)).toMatchObject({ ok: true });
    expect(looks).toEqual([opener, joined].map((id) => `${secretary} case.viewed ${id}`));
    expect(ask('secretary', secretary!)).toMatchObject({ ok: true });
    expect(looks).toHaveLength(2);
    expect(ask('office-head', head!)).toMatchObject({ ok: true });
    expect(looks).toHaveLength(4);
    expect(ask('judge', secretary!)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(looks).toHaveLength(4);
  });
});
