import type {
  ActSummary,
  ActVersionView,
  Conflict,
  DraftText,
  FilingDetail,
  Office,
  Overrides,
  Session,
  Settings,
  SignInOption,
  SyncCentre,
  SyncStatus,
  WindowApi,
} from '../../../shared/contract/index.ts';
import type { ActText } from '../../../shared/domain/act-text.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { fakeBoard } from './fake-board.ts';
import { fail, ok, type Failure, type Result } from '../../../shared/result.ts';
import { fakeBatches } from './fake-batches.ts';
import { fakeCases } from './fake-cases.ts';
import { fakeDecisions } from './fake-decisions.ts';
import { fakeAdministration } from './fake-administration.ts';
import { fakeDoctor } from './fake-doctor.ts';
import { fakeDispatches } from './fake-dispatches.ts';
import { fakeOversight } from './fake-oversight.ts';
import { fakePaper, withAnnexes } from './fake-paper.ts';
import { fakePrinting } from './fake-printing.ts';
import { fakeProceedings } from './fake-proceedings.ts';
import { fakeQueue } from './fake-queue.ts';
import { NOW, REFERENCE, instant, makeAct, makeFiling, uuid } from './fake-data.ts';

type Names =
  | 'tornChanged'
  | 'tornTouched'
  | 'sessionChanged'
  | 'officeChanged'
  | 'syncChanged'
  | 'workChanged'
  | 'settingsChanged'
  | 'batchChanged'
  | 'keysChanged'
  | 'paperChanged'
  | 'reportsChanged';
/** What a test may do to the office behind the window. */
export type FakeOffice = {
  readonly calls: { readonly name: string; readonly input: unknown }[];
  readonly arrive: (count: number) => void;
  readonly setSync: (change: Partial<SyncStatus>) => void;
  /** The next call of this name fails with this. */
  readonly failNext: (name: string, failure: Failure) => void;
  /** Calls of this name are not answered until `letGo`. */
  readonly hold: (name: string) => void;
  readonly letGo: (name: string) => void;
  /** The office draws every draft anew: another text, which nobody has read. */
  readonly drawAnew: () => void;
  readonly changeOffice: (change: Partial<Office>) => void;
  /** Every filing is otherwise than the window has been told. */
  readonly changeUntold: () => void;
  /** Somebody reads in the window of a torn-off document. */
  readonly touchTorn: () => void;
  readonly lock: (by?: NonNullable<Session['lockedBy']>) => void;
  /** Puts a token into the reader, in front of those that are there. */
  readonly putToken: (token: Pick<SignInOption, 'id' | 'name' | 'roles' | 'token' | 'refusal'>) => void;
  /** The judge has read every draft already. */
  readonly readAll: () => void;
  readonly failBatchAfter: (acts: number, failure: Failure) => void;
  readonly pullKey: (id: string) => void;
  /** The printer takes nothing any more. */
  readonly refusePrinting: () => void;
  /** As after a new start of the core: nobody is signed in, and nothing says so. */
  readonly forgetSession: () => void;
};
export type FakeOptions = {
  readonly filings?: number;
  readonly signedIn?: Role | null;
  readonly settings?: Partial<Settings>;
  readonly office?: Partial<Office>;
  readonly sync?: Partial<SyncStatus>;
  readonly centre?: Partial<SyncCentre>;
  /** How long the certificates of all people still last. */
  readonly certificateDays?: number;
  /** Who has every filing open at another desk. */
  readonly held?: string;
  /** To every filing papers were handed in later, of which the registry has the last alone. */
  readonly annexed?: boolean;
  /** So many open filings are somebody's whose access is revoked. */
  readonly left?: number;
  /** A rule of sharing names him and nobody else. */
  readonly staleRule?: boolean;
  /** So many words in spite of findings, of which one comes; as many filings wait for the head. */
  readonly overrides?: number;
  /** There are reports with rows, patterns, and reports that the program has made. */
  readonly reports?: boolean;
};

const endsIn = (daysLeft: number) => ({ validUntil: instant(NOW + daysLeft * 86_400_000), daysLeft });

const PEOPLE: readonly { readonly id: string; readonly name: string; readonly roles: readonly Role[] }[] = [
  { id: 'secretary.p12', name: 'Әлиева Қарлығаш', roles: ['secretary', 'office-head'] },
  { id: 'judge.p12', name: 'Серіков Бауыржан', roles: ['judge'] },
  { id: 'head.p12', name: 'Оспанова Гүлжан', roles: ['office-head'] },
];

/** Has no key file at this desk. */
const ADMIN: (typeof PEOPLE)[number] = { id: 'admin.p12', name: 'Тілеуова Айнұр', roles: ['admin'] };

const TEXT: ActText = {
  version: 1,
  blocks: [
    { type: 'paragraph', text: 'Келіп түскен талап қоюды қарап, сот' },
    { type: 'heading', text: 'АНЫҚТАДЫ:' },
    { type: 'list', ordered: true, items: ['Дауды сотқа дейін реттеу тәртібі сақталмаған.'] },
    { type: 'operative', items: ['Талап қою қайтарылсын.', 'Қайтадан жүгінуге болатыны түсіндірілсін.'] },
  ],
};

/** The first text of an act, and another for every time that it was drawn anew. */
const versionsOf = (act: ActSummary | undefined): ActVersionView[] =>
  Array.from({ length: act?.revision ?? 0 }, (_, at) => ({
    ...{ number: at + 1, kind: act!.kind, sha256: at.toString(16).padStart(64, '0'), pages: 1, madeBy: null, madeAt: instant(NOW) },
    why: at === 0 ? ('drafted' as const) : ('decided' as const),
  }));

function overridesOf(count: number): Overrides {
  const about = { filingId: uuid(1), number: '261100421700', claimant: 'Ахметов Нұрлан', kind: 'claim' };
  const one = { ...about, finding: 'duty-short', rule: 'duty-short', severity: 'error' as const, by: 'Ким Светлана', at: instant(NOW) };
  return {
    waiting: count === 0 ? [] : [{ ...about, filingId: uuid(2), rules: ['document-program'], receivedAt: instant(NOW) }],
    overrides: count === 0 ? [] : [{ ...one, reason: 'Төлем қағазда', registered: true }],
    total: { waiting: count, overrides: count },
  };
}

const heldBy = (name: string | undefined): FilingDetail['held'] =>
  name === undefined ? null : { name, desk: 'KENSE-2', since: instant(NOW - 60_000), until: instant(NOW + 540_000), silent: false };

/** An office in memory that answers as the core does, for looking at the window in a browser. */
export function createFakeKense(options: FakeOptions = {}): { readonly kense: WindowApi; readonly office: FakeOffice } {
  const filings = new Map<string, FilingDetail>(
    Array.from({ length: options.filings ?? 24 }, (_, n) => makeFiling(n)).map((f) => [
      f.id,
      { ...(options.annexed ? withAnnexes(f) : f), held: heldBy(options.held) },
    ]),
  );
  const acts = new Map<string, ActSummary>(
    [makeAct(0, 'draft'), makeAct(1, 'draft'), makeAct(2, 'draft'), makeAct(3, 'signed'), makeAct(4, 'dispatched')].map((a) => [a.id, a]),
  );
  let nextFiling = filings.size;
  let numbers = 1;
  let settings: Settings = {
    language: 'kk',
    theme: 'light',
    contrast: false,
    density: 'normal',
    textSizePercent: 100,
    singleKeys: true,
    printer: null,
    printSilently: false,
    scanner: null,
    ...options.settings,
  };
  let sync: SyncStatus = {
    online: true,
    connection: 'online',
    syncing: false,
    waiting: 0,
    oldestWaitingAt: null,
    lastSuccessAt: instant(NOW - 120_000),
    parked: [],
    deferred: 0,
    problem: null,
    finding: null,
    updateHold: null,
    ...options.sync,
    ...(options.sync?.online === false ? { connection: options.sync.connection ?? 'offline' } : {}),
  };
  const centre: SyncCentre = { ...CENTRE, ...options.centre, status: sync };
  const sessionOf = (person: (typeof PEOPLE)[number], activeRole: Role): Session => ({
    userId: person.id,
    name: person.name,
    roles: [...person.roles],
    activeRole,
    locked: false,
    signedInAt: instant(NOW),
    lastSignInAt: instant(NOW - 86_400_000),
    ...(options.certificateDays === undefined ? {} : { certificate: endsIn(options.certificateDays) }),
  });
  const tokens: SignInOption[] = [];
  const wanted = options.signedIn ?? null;
  let session: Session | null =
    wanted === null
      ? null
      : sessionOf(
          [...PEOPLE, ADMIN].find((p) => p.roles.includes(wanted))!,
          wanted,
        );

  const listeners: { [N in Names]: Set<(payload: never) => void> } = {
    sessionChanged: new Set(),
    officeChanged: new Set(),
    syncChanged: new Set(),
    workChanged: new Set(),
    settingsChanged: new Set(),
    batchChanged: new Set(),
    paperChanged: new Set(),
    reportsChanged: new Set(),
    tornChanged: new Set(),
    tornTouched: new Set(),
    keysChanged: new Set(),
  };
  let boardChanges = 0;
  const tell = (name: Names, payload: unknown) => {
    if (name === 'workChanged') boardChanges++;
    for (const listener of listeners[name]) listener(payload as never);
  };
  const hear = (name: Names) => (listener: (payload: never) => void) => {
    listeners[name].add(listener);
    return () => void listeners[name].delete(listener);
  };
  const calls: { name: string; input: unknown }[] = [];
  const failures = new Map<string, Failure>();
  const held = new Map<string, { readonly over: Promise<void>; readonly letGo: () => void }>();
  let draftPaper = '/papers/act.pdf';
  /** Every call is noted, may be told to fail, and answers later, as over a port. */
  const answer =
    <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) =>
    async (input: I): Promise<Result<O>> => {
      calls.push({ name, input });
      await Promise.resolve();
      await held.get(name)?.over;
      const failure = failures.get(name);
      failures.delete(name);
      return failure ? { ok: false, error: failure } : work(input);
    };
  const view = (id: string): Result<FilingDetail> => {
    const filing = filings.get(id);
    if (!filing) return fail('not-found');
    const open = filing.registeredAt === null;
    const role = session?.activeRole;
    const elsewhere: FilingDetail['allowed'] = role === 'office-head' ? ['recheck', 'take-over'] : ['recheck'];
    const allowed: FilingDetail['allowed'] =
      role === 'judge'
        ? []
        : filing.held
          ? elsewhere
          : open
            ? ['mark', 'register', 'flag', 'recheck']
            : filing.talon
              ? ['talon', 'correct-fact']
              : [];
    return ok({ ...filing, allowed });
  };
  const change = (id: string, revision: number | null, edit: (filing: FilingDetail) => Partial<FilingDetail>): Result<FilingDetail> => {
    const filing = filings.get(id);
    if (!filing) return fail('not-found');
    if (revision !== null && revision !== filing.revision) return fail('stale-revision');
    filings.set(id, { ...filing, ...edit(filing), revision: filing.revision + 1 });
    tell('workChanged', { filingIds: [id], arrived: 0 });
    return view(id);
  };
  const open = (f: FilingDetail) => f.state === 'received' || f.state === 'checking';
  const opened = async (url: string, contentType: string) => {
    const bytes = await (await fetch(url)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sha256 = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
    return { ok: true, value: { url, contentType, size: bytes.byteLength, sha256 } } as const;
  };
  /** The drafts are signed by the hash of the paper that is shown for them. */
  const draftSha = async (act: ActSummary): Promise<ActSummary> => {
    if (act.state !== 'draft' || !act.sha256.startsWith('0000')) return act;
    const paper = await opened(draftPaper, 'application/pdf');
    const named = { ...act, sha256: paper.value.sha256 };
    acts.set(act.id, named);
    return named;
  };
  const changeAct = (id: string, revision: number, sha256: string, edit: Partial<ActSummary>): Result<ActSummary> => {
    const act = acts.get(id);
    if (!act) return fail('not-found');
    if (act.revision !== revision) return fail('stale-revision');
    if (act.sha256 !== sha256) return fail('act-changed');
    const next = { ...act, ...edit, revision: act.revision + 1 };
    acts.set(id, next);
    tell('workChanged', { filingIds: [act.filingId], arrived: 0 });
    return ok(next);
  };
  const texts = new Map<string, ActText>();
  const textOf = (act: ActSummary | undefined, role: Role | undefined): Result<DraftText> => {
    if (!act) return fail('not-found');
    const { id: actId, filingId, sha256, revision, language } = act;
    const may = act.state === 'draft' && act.sentBack === (role !== 'judge');
    return ok({ actId, filingId, sha256, revision, language, may, edited: texts.has(actId), text: texts.get(actId) ?? TEXT });
  };
  const setSession = (next: Session | null) => {
    session = next;
    tell('sessionChanged', next);
  };

  const printing = fakePrinting(answer);
  const batches = fakeBatches(answer, { acts, tell });

  let court: Office = {
    courtCode: '9900',
    courtNameKk: 'Оқу қаласының аудандық соты',
    courtNameRu: 'Районный суд учебного города',
    mode: 'training',
    version: '0.1.0',
    idleLockMinutes: 10,
    ...options.office,
  };
  const kense: WindowApi = {
    ...batches.api,
    ...fakeDoctor(answer),
    ...fakeAdministration(answer),
    office: {
      get: answer('office.get', () => ok(court)),
    },
    reference: { get: answer('reference.get', () => ok(REFERENCE)) },
    settings: {
      get: answer('settings.get', () => ok(settings)),
      set: answer('settings.set', (patch) => {
        settings = { ...settings, ...(patch as Partial<Settings>) };
        tell('settingsChanged', settings);
        return ok(settings);
      }),
    },
    training: { reset: answer('training.reset', () => ok(null)) },
    session: {
      get: answer('session.get', () => ok(session)),
      options: answer('session.options', () =>
        ok([
          ...tokens,
          ...PEOPLE.map((p) => ({
            ...{ id: p.id, name: p.name, token: null, refusal: null, roles: [...p.roles] },
            ...{ training: true, lastSignInAt: instant(NOW - 86_400_000), certificate: endsIn(options.certificateDays ?? 200) },
          })),
        ]),
      ),
      signIn: answer('session.sign-in', ({ optionId }) => {
        const name = tokens.find(({ id }) => id === optionId)?.name;
        const person = PEOPLE.find((p) => p.id === optionId || p.name === name)!;
        setSession(sessionOf(person, person.roles[0]!));
        return ok(session!);
      }),
      unlock: answer('session.unlock', () => {
        const unlocked: Session = { ...session!, locked: false };
        delete unlocked.lockedBy;
        setSession(unlocked);
        return ok(session!);
      }),
      lock: answer('session.lock', () => {
        if (session) setSession({ ...session, locked: true });
        return ok(null);
      }),
      signOut: answer('session.sign-out', () => {
        setSession(null);
        return ok(null);
      }),
      useRole: answer('session.use-role', ({ role }) => {
        setSession({ ...session!, activeRole: role });
        return ok(session!);
      }),
    },
    ...fakeQueue(answer, {
      filings,
      left: options.left ?? 0,
      staleRule: options.staleRule ?? false,
      me: () => ({ id: session?.userId ?? '', name: session?.name ?? '' }),
      tell: (ids) => tell('workChanged', { filingIds: [...ids], arrived: 0 }),
    }),
    ...fakeCases(answer, { filings, me: () => session?.name ?? '' }),
    proposal: {
      recall: answer('proposal.recall', ({ id, revision }) =>
        change(id, revision, () => ({ flagged: false, defects: [], proposal: null, allowed: ['correct-fact'] })),
      ),
    },
    filing: {
      get: answer('filing.get', ({ id }) => view(id)),
      corrections: answer('filing.corrections', () => ok([])),
      history: answer('filing.history', () => ok([])),
      correct: answer('filing.correct', ({ id, revision, values: { category } }) => change(id, revision, () => ({ category }))),
      mark: answer('filing.mark', ({ id, revision, check, value }) =>
        change(id, revision, (f) => ({
          checklist: f.checklist.map((c) =>
            c.id === check ? { ...c, passed: value, by: value ? session!.name : null, at: value ? instant(NOW) : null } : c,
          ),
        })),
      ),
      recheck: answer('filing.recheck', ({ id }) => change(id, null, () => ({}))),
      flag: answer('filing.flag', ({ id, revision, defects }) => change(id, revision, () => ({ defects, flagged: defects.length > 0 }))),
      link: answer('filing.link', ({ id }) => change(id, null, () => ({}))),
      pair: answer('filing.pair', () => fail('not-found')),
      close: answer('filing.close', () => ok(null)),
      takeOver: answer('filing.take-over', ({ id, reason }) =>
        change(id, null, (f) => ({
          held: null,
          history: [
            ...f.history,
            { seq: f.history.length + 1, at: instant(NOW), actor: session!.name, action: 'lease.taken-over', details: { reason } },
          ],
        })),
      ),
      proposals: answer('filing.proposals', () =>
        ok({
          ...{ decisions: [{ decision: 'return' as const, grounds: [], court: false }], courts: [], mend: {}, facts: {}, found: [] },
          ...{ places: {}, fields: [] },
        }),
      ),
      notice: answer('filing.notice', () => ok({ kk: '', ru: '' })),
      beforeRegister: answer('filing.before-register', () => ok({ cases: [], duplicates: [] })),
      register: answer('filing.register', ({ id, revision, joinsCase }) => {
        const filing = filings.get(id);
        if (joinsCase !== null && joinsCase !== '9900-26-00-2/17') return fail('case-unknown');
        if (filing?.checklist.some((c) => !c.auto && !c.passed)) return fail('checks-incomplete');
        const number = numbers++;
        const registered = change(id, revision, (f) => ({
          state: f.flagged ? 'with-judge' : 'registered',
          registeredAt: instant(NOW),
          registeredBy: session!.name,
          incomingNumber: `9900-26-${String(number).padStart(6, '0')}`,
          caseNumber: joinsCase === null ? `9900-26-00-2/${number}` : null,
          joinsCase,
          talon: { sha256: f.documents[0]!.sha256, confirmed: false },
        }));
        if (!registered.ok) return registered;
        return ok({ filing: registered.value, nextId: [...filings.values()].find((f) => open(f) && f.intake !== 'arriving')?.id ?? null });
      }),
    },
    document: {
      open: answer('document.open', ({ filingId, documentId }) => {
        const doc = filings.get(filingId)?.documents.find((d) => d.id === documentId);
        if (!doc) return fail('not-found');
        return doc.contentType === 'image'
          ? opened('/papers/image.png', 'image/png')
          : opened(`/papers/${doc.role}.pdf`, 'application/pdf');
      }),
      save: answer('document.save', () => ok(true)),
      read: answer('document.read', () => ok({ blocks: [], warnings: [], cut: false })),
      progress: answer('document.progress', () => ok([])),
      compare: answer('document.compare', () => ok({ reading: 0, unread: [], facts: [] })),
    },
    torn: {
      open: answer('torn.open', () => ok(null)),
      show: answer('torn.show', () => ok(null)),
      get: answer('torn.get', () => ok(null)),
      follow: answer('torn.follow', () => ok(null)),
      touch: answer('torn.touch', () => ok(null)),
    },
    note: {
      list: answer('note.list', () => ok([])),
      add: answer('note.add', () => ok([])),
      withdraw: answer('note.withdraw', () => ok([])),
    },
    ...fakeDecisions(answer, {
      actOf: (filingId) => [...acts.values()].find((act) => act.filingId === filingId),
      isJudge: () => session?.activeRole === 'judge',
      redraw: (act) => {
        acts.set(act.id, act);
        tell('workChanged', { filingIds: [act.filingId], arrived: 0 });
      },
    }),
    ...fakeProceedings(answer),
    ...fakeDispatches(answer),
    ...fakeOversight(answer, options.reports ? () => opened('/papers/talon.pdf', 'application/pdf') : null),
    ...fakePaper(answer, tell),
    ...printing.api,
    protocol: { save: answer('protocol.save', () => ok(true)) },
    talon: { open: answer('talon.open', () => opened('/papers/talon.pdf', 'application/pdf')), save: answer('talon.save', () => ok(true)) },
    acts: {
      list: answer('acts.list', ({ view: wantedView }) =>
        ok([...acts.values()].filter((a) => (a.state === 'draft') === (wantedView === 'to-sign'))),
      ),
      ofFiling: answer('acts.of-filing', ({ filingId }) => ok({ filingId, language: 'kk', acts: [], offered: [] })),
      draft: answer('acts.draft', () => fail('act-kind-not-offered')),
      hand: answer('acts.hand', () => fail('not-found')),
      discard: answer('acts.discard', () => fail('not-found')),
    },
    act: {
      get: answer('act.get', async ({ id }) => {
        const act = acts.get(id);
        return act ? ok(await draftSha(act)) : fail('not-found');
      }),
      open: answer('act.open', () => opened(draftPaper, 'application/pdf')),
      save: answer('act.save', () => ok(true)),
      review: answer('act.review', ({ id, revision, sha256 }) => changeAct(id, revision, sha256, { reviewed: true })),
      text: answer('act.text', ({ id }) => textOf(acts.get(id), session?.activeRole)),
      edit: answer('act.edit', ({ id, revision, text }) => {
        const act = acts.get(id);
        if (!act || act.revision !== revision) return fail(act ? 'stale-revision' : 'not-found');
        if (!text.blocks.some((block) => block.type === 'operative'))
          return fail('input-invalid', { field: 'text', reason: 'operative-missing' });
        acts.set(id, { ...act, reviewed: false, revision: revision + 1 });
        texts.set(id, text);
        tell('workChanged', { filingIds: [act.filingId], arrived: 0 });
        return textOf(acts.get(id), session?.activeRole);
      }),
      import: answer('act.import', ({ id }) => textOf(acts.get(id), session?.activeRole)),
      versions: answer('act.versions', ({ id }) => ok(versionsOf(acts.get(id)))),
      openVersion: answer('act.open-version', ({ number }) =>
        opened(number === 1 ? '/papers/talon.pdf' : '/papers/act.pdf', 'application/pdf'),
      ),
      sign: answer('act.sign', ({ id, revision, sha256 }) =>
        changeAct(id, revision, sha256, { state: 'signed', signedAt: instant(NOW), signedBy: session!.name, level: 'B' }),
      ),
    },
    finding: {
      override: answer('finding.override', ({ id, revision, finding, reason }) =>
        change(id, revision, (f) => ({
          anomalies: f.anomalies.map((a) => (a.id === finding ? { ...a, override: { by: session!.name, at: instant(NOW), reason } } : a)),
        })),
      ),
    },
    board: {
      overrides: answer('board.overrides', () => ok(overridesOf(options.overrides ?? 0))),
      get: answer('board.get', ({ period }) => {
        const role = session?.activeRole;
        const scope = role === 'office-head' ? 'office' : role === 'judge' ? 'judge' : 'own';
        return ok(fakeBoard(scope, session?.userId ?? '', period, boardChanges));
      }),
    },
    sync: {
      status: answer('sync.status', () => ok(sync)),
      now: answer('sync.now', () => ok(sync)),
      acceptHistory: answer('sync.accept-history', () => {
        sync = { ...sync, finding: null };
        tell('syncChanged', sync);
        return ok(sync);
      }),
      centre: answer('sync.centre', () => ok({ ...centre, status: sync })),
      compare: answer('sync.compare', () => ok(CONFLICT)),
      takeRegistry: answer('sync.take-registry', ({ outboxId }) => {
        sync = { ...sync, parked: sync.parked.filter((p) => p.id !== outboxId) };
        tell('syncChanged', sync);
        return ok(sync);
      }),
      retry: answer('sync.retry', ({ outboxId }) => {
        sync = { ...sync, parked: sync.parked.filter((p) => p.id !== outboxId), waiting: sync.waiting + 1 };
        tell('syncChanged', sync);
        return ok(sync);
      }),
    },
    on: {
      sessionChanged: hear('sessionChanged'),
      officeChanged: hear('officeChanged'),
      syncChanged: hear('syncChanged'),
      workChanged: hear('workChanged'),
      settingsChanged: hear('settingsChanged'),
      batchChanged: hear('batchChanged'),
      paperChanged: hear('paperChanged'),
      reportsChanged: hear('reportsChanged'),
      keysChanged: hear('keysChanged'),
      tornChanged: hear('tornChanged'),
      tornTouched: hear('tornTouched'),
    },
  };
  const office: FakeOffice = {
    calls,
    arrive: (count) => {
      const ids = Array.from({ length: count }, () => {
        const filing = makeFiling(nextFiling++);
        filings.set(filing.id, filing);
        return filing.id;
      });
      tell('workChanged', { filingIds: ids, arrived: count });
    },
    setSync: (patch) => {
      sync = { ...sync, ...patch };
      tell('syncChanged', sync);
    },
    failNext: (name, failure) => failures.set(name, failure),
    hold: (name) => {
      let letGo = () => {};
      const over = new Promise<void>((resolve) => (letGo = resolve));
      held.set(name, { over, letGo });
    },
    letGo: (name) => {
      held.get(name)?.letGo();
      held.delete(name);
    },
    drawAnew: () => {
      draftPaper = '/papers/claim.pdf';
      for (const act of acts.values())
        if (act.state === 'draft')
          acts.set(act.id, { ...act, sha256: '0000', reviewed: false, changedSinceReview: act.reviewed, revision: act.revision + 1 });
      tell('workChanged', { filingIds: [], arrived: 0 });
    },
    forgetSession: () => {
      session = null;
    },
    changeOffice: (change) => tell('officeChanged', (court = { ...court, ...change })),
    touchTorn: () => tell('tornTouched', {}),
    changeUntold: () => {
      for (const [id, filing] of filings) filings.set(id, { ...filing, revision: filing.revision + 1 });
    },
    lock: (by) => session && setSession({ ...session, locked: true, ...(by ? { lockedBy: by } : {}) }),
    putToken: (token) => {
      tokens.unshift({ ...token, training: true, lastSignInAt: null, certificate: null });
      tell('keysChanged', {});
    },
    readAll: () => {
      for (const act of acts.values()) if (act.state === 'draft') acts.set(act.id, { ...act, reviewed: true, changedSinceReview: false });
      tell('workChanged', { filingIds: [], arrived: 0 });
    },
    failBatchAfter: batches.failAfter,
    pullKey: batches.pullKey,
    refusePrinting: printing.refuse,
  };
  return { kense, office };
}

export const PARKED: SyncStatus['parked'] = [
  {
    id: uuid(77),
    kind: 'filing.register',
    subject: uuid(100),
    code: 'registry-refused',
    at: instant(NOW - 600_000),
    cabinetNumber: '261100421701',
    heldBy: null,
  },
];

const CENTRE: Omit<SyncCentre, 'status'> = {
  asOf: instant(NOW),
  step: null,
  nextRoundAt: instant(NOW + 42_000),
  waiting: {
    subjects: [
      {
        subject: uuid(101),
        cabinetNumber: '261100421702',
        incomingNumber: '9900-26-000018',
        kinds: ['filing.register', 'talon.issue', 'filing.send-to-judge'],
        since: instant(NOW - 1_500_000),
        nextAttemptAt: null,
        code: null,
        behindParked: false,
      },
      {
        subject: 'workstation',
        cabinetNumber: null,
        incomingNumber: null,
        kinds: ['number.return'],
        since: instant(NOW - 600_000),
        nextAttemptAt: instant(NOW + 60_000),
        code: 'registry-unreachable',
        behindParked: false,
      },
    ],
    more: 0,
  },
  arriving: { documents: 7, filings: 3, bytes: 4_200_000 },
  leases: { working: 2, kept: 1, reserved: 46, reserveUntil: instant(NOW + 7 * 86_400_000) },
  numbers: [
    { typeIndex: '', left: 83, days: 5 },
    { typeIndex: '1', left: 100, days: null },
    { typeIndex: '2', left: 58, days: 4 },
  ],
  versions: { desk: '0.1.0', protocol: 1, registry: { protocol: 1, minimumDesk: '0.1.0' } },
  anchored: { entries: 1204, at: instant(NOW - 120_000) },
};

const CONFLICT: Conflict = {
  asOf: instant(NOW),
  live: true,
  facts: [
    { fact: 'state', of: null, here: 'with-judge', registry: 'with-judge', same: true },
    { fact: 'incomingNumber', of: null, here: '9900-26-000018', registry: '9900-26-000214', same: false },
    { fact: 'caseNumber', of: null, here: '9900-26-00-2/17', registry: '9900-26-00-2/203', same: false },
    { fact: 'joinsCase', of: null, here: null, registry: null, same: true },
    { fact: 'registeredAt', of: null, here: instant(NOW - 3_600_000), registry: instant(NOW - 7_200_000), same: false },
    { fact: 'flagged', of: null, here: 'no', registry: 'no', same: true },
    { fact: 'talon', of: null, here: 'ab'.repeat(32), registry: 'cd'.repeat(32), same: false },
  ],
  registeredBy: 'Әлиева Қарлығаш',
  withdraws: ['filing.register', 'filing.send-to-judge', 'talon.issue'],
  voids: ['9900-26-000018', '9900-26-00-2/17'],
  setsAside: 0,
  history: [
    {
      seq: 12,
      at: instant(NOW - 3_600_000),
      actor: 'Әлиева Қарлығаш',
      action: 'filing.registered',
      details: { incomingNumber: '9900-26-000018' },
    },
  ],
};
