/** A made-up office for looking at the window without a core: people, numbers and papers are invented. */
import type {
  ActSummary,
  ChecklistItem,
  DocumentView,
  FilingDetail,
  PartyView,
  QueueRow,
  Reference,
  SignatureCard,
  SignatureState,
} from '../../../shared/contract/index.ts';
import { withCheckDigit } from '../../../shared/domain/identifier.ts';

export const NOW = Date.parse('2026-11-21T04:31:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const instant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const sha = (n: number): string => n.toString(16).padStart(64, '0');
const iin = (n: number): string =>
  withCheckDigit(String(87013140001 + n * 13)) ?? withCheckDigit(String(87013140007 + n * 13)) ?? '870131400012';

const CLAIMANTS = [
  'Ғалымжанов Әділет Қайратұлы',
  '«Қазмұнайсервис» АҚ',
  'Іңкәрбаева Назым Талғатқызы',
  'Иванова Мария Сергеевна',
  'Әбдірахманова Сәуле',
  'Ұзақбаев Жандос Ерланұлы',
];
const RESPONDENTS = [
  '«Өркен» ЖШС',
  'Ұзақбаева Үміт',
  'Шәріпов Жәнібек Нұрланұлы',
  '«Алматы жылу желілері» ЖШС',
  'Әбдірахманов Ерлан',
  null,
];
const KINDS = ['claim', 'court_order_app', 'motion', 'appeal', 'claim', 'minutes_request'];
const STATES: readonly SignatureState[] = [
  'valid',
  'undecided',
  'valid',
  'invalid',
  'valid',
  'not-checked',
  'valid',
  'check-signer',
  'valid',
  'absent',
];

const CODES: readonly (readonly [string, string])[] = [
  ['signature', 'ГПК 148(4), 152(1)(5)'],
  ['noAuthority', 'ГПК 149(1)(3), 152(1)(5)'],
  ['fee', 'ГПК 149(1)(2), 152(1)(3)'],
  ['form', 'ГПК 148, 152(1)(3)'],
  ['attachments', 'ГПК 149, 152(1)(3)'],
  ['jurisdiction', 'ГПК 152(1)(2)'],
  ['pretrial', 'ГПК 152(1)(1)'],
  ['incapable', 'ГПК 152(1)(4)'],
  ['samePending', 'ГПК 152(1)(6)'],
  ['byApplicant', 'ГПК 152(1)(9)'],
  ['unreadable', 'ГПК 148, 152(1)(3)'],
  ['duplicate', 'ГПК 152(1)(6)'],
];
export const REFERENCE: Reference = {
  documentTypes: [
    { id: 'claim', nameKk: 'Талап қою (талап арыз)', nameRu: 'Исковое заявление (иск)', nameEn: 'Statement of claim', known: true },
    {
      id: 'court_order_app',
      nameKk: 'Сот бұйрығын шығару туралы арыз',
      nameRu: 'Заявление о вынесении судебного приказа',
      nameEn: 'Application for a court order',
      known: true,
    },
    { id: 'motion', nameKk: 'Өтінішхат', nameRu: 'Ходатайство', nameEn: 'Motion', known: true },
    { id: 'appeal', nameKk: 'Апелляциялық шағым', nameRu: 'Апелляционная жалоба', nameEn: 'Appeal', known: true },
    {
      id: 'minutes_request',
      nameKk: 'Сот отырысының хаттамасын беру туралы өтініш',
      nameRu: 'Заявление о выдаче протокола судебного заседания',
      nameEn: 'Request for minutes',
      known: true,
    },
    {
      id: 'duty_payment',
      nameKk: 'Мемлекеттік баждың төленгенін растайтын құжат',
      nameRu: 'Документ об уплате государственной пошлины',
      nameEn: 'State duty payment document',
      known: true,
    },
    {
      id: 'e_poa',
      nameKk: 'Электрондық сенімхат',
      nameRu: 'Электронная доверенность',
      nameEn: 'Electronic power of attorney',
      known: true,
    },
  ],
  defectCodes: CODES.map(([code, article]) => ({ code, article })),
  actKinds: [
    { id: 'certificate', nameKk: 'Анықтама', nameRu: 'Справка', nameEn: 'Certificate', titled: false },
    { id: 'free-act', nameKk: 'Еркін нысандағы акт', nameRu: 'Акт в свободной форме', nameEn: 'Act in free form', titled: true },
  ],
};

const REASON: Partial<Record<SignatureState, readonly [string, string, string]>> = {
  undecided: ['serviceDown', 'INDETERMINATE', 'TRY_LATER'],
  invalid: ['changed', 'TOTAL-FAILED', 'HASH_FAILURE'],
  'check-signer': ['iinMismatch', 'TOTAL-PASSED', ''],
};

function card(id: string, documentId: string, fileName: string, state: SignatureState, n: number): SignatureCard {
  const [reason, indication, sub] = REASON[state] ?? [null, 'TOTAL-PASSED', ''];
  return {
    id,
    documentId,
    fileName,
    state,
    verdict: state === 'invalid' ? 'invalid' : state === 'undecided' ? 'undecided' : 'valid',
    format: 'cms',
    policy: { id: 'kz-incoming', version: '2026-1' },
    indication,
    subIndication: sub || null,
    reason,
    note: null,
    signerName: CLAIMANTS[n % CLAIMANTS.length]!.toUpperCase(),
    signerIin: iin(n),
    signerBin: null,
    signerOrganisation: null,
    signerRoles: ['individual'],
    issuer: 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) 2022',
    serial: '3a7f19c2b4d80e5566a1',
    algorithm: 'RSA-SHA256',
    level: 'B',
    certificateFrom: '2026-02-01T00:00:00Z',
    certificateTo: '2027-02-01T00:00:00Z',
    signedAt: instant(NOW - 15 * HOUR - n * MINUTE),
    timeSource: n % 3 === 0 ? 'timestamp' : 'claimed',
    claimedTime: instant(NOW - 15 * HOUR - n * MINUTE),
    bestTime: instant(NOW - 14 * HOUR - n * MINUTE),
    boundedByReceipt: n % 3 !== 0,
    timestamps: [],
    checkedAt: instant(NOW - 20 * MINUTE),
    revocation:
      state === 'undecided' ? null : { kind: n % 2 === 0 ? 'crl' : 'ocsp', thisUpdate: instant(NOW - 4 * HOUR), nextUpdate: null },
    identity: state === 'check-signer' ? 'other' : 'applicant',
    match: matchOf(state),
    covers: 'whole',
    fileSha256: sha(700_000 + n),
    certificateSha256: sha(800_000 + n),
    chain: [],
    flags: [],
    warnings: state === 'valid' ? [] : ['SIGNING_CERTIFICATE_ATTRIBUTE_MISSING'],
    checks: [
      check('format.structure', null),
      check('cryptography.digest', state === 'invalid' ? 'content-changed' : null),
      check('cryptography.value', null),
      check('path.found', null),
      check('revocation.known', state === 'undecided' ? 'revocation-unavailable' : null),
      { ...check('time.signature-timestamp', 'no-timestamp'), result: 'not-run' },
    ],
  };
}

const check = (id: string, reason: string | null): SignatureCard['checks'][number] => ({
  id,
  result: reason === null ? 'ok' : 'fail',
  reason,
  certificate: null,
});

const matchOf = (state: SignatureState): SignatureCard['match'] => ({
  relation: state === 'check-signer' ? 'other' : 'applicant',
  items: [
    { item: 'applicant-iin', matches: state !== 'check-signer' },
    ...(state === 'check-signer' ? [{ item: 'power-of-attorney' as const, matches: false }] : []),
  ],
  forOrganisation: false,
  doubts: [],
  powerOfAttorney: null,
});

type DocumentPlan = Pick<DocumentView, 'role' | 'title' | 'fileName'> & Partial<DocumentView>;

function documentsOf(n: number, state: SignatureState): DocumentView[] {
  const plans: DocumentPlan[] = [
    { role: 'claim', title: 'Талап қою арызы', fileName: 'talap-aryz.pdf', pages: 7, signature: state },
    { role: 'duty_payment', title: 'Баж түбіртегі', fileName: 'tubirtek.pdf', pages: 1 },
    { role: 'e_poa', title: 'Сенімхат', fileName: 'senimhat.pdf', pages: 2, ...(n % 4 === 1 ? { signature: 'undecided' as const } : {}) },
    { role: 'evidence', title: 'Дәлелдеме: жүк құжаты', fileName: 'foto.png', contentType: 'image', pages: null, signature: 'absent' },
    ...(n % 7 === 3
      ? [
          { role: 'evidence', title: 'Есеп айырысу кестесі', fileName: 'esep.rar', contentType: 'other' as const, pages: null },
          {
            role: 'evidence',
            title: 'Келісімшарт',
            fileName: 'kelisim.pdf',
            state: 'pending' as const,
            contentType: null,
            pages: null,
            signature: 'not-checked' as const,
          },
          {
            role: 'evidence',
            title: 'Хат',
            fileName: 'hat.pdf',
            state: 'missing' as const,
            contentType: null,
            pages: null,
            signature: 'not-checked' as const,
          },
          {
            role: 'evidence',
            title: 'Акт',
            fileName: 'akt.pdf',
            state: 'hash-mismatch' as const,
            contentType: null,
            pages: null,
            signature: 'not-checked' as const,
          },
          {
            role: 'evidence',
            title: 'Бос файл',
            fileName: 'bos.pdf',
            contentType: 'empty' as const,
            size: 0,
            pages: null,
            signature: 'absent' as const,
          },
        ]
      : []),
  ];
  return plans.map((plan, i) => {
    const id = uuid(n * 100 + i + 1);
    const signature = plan.signature ?? 'valid';
    const signed = signature !== 'absent' && signature !== 'not-checked';
    return {
      id,
      size: 184_320 + i * 40_960,
      sha256: sha(n * 100 + i),
      contentType: 'pdf',
      pages: 1,
      state: 'stored',
      annexId: null,
      ...plan,
      signature,
      signatures: signed ? [card(`${id}:S1`, id, `${plan.fileName}.p7s`, signature, n + i)] : [],
    };
  });
}

const party = (side: string, name: string, n: number): PartyView => {
  const organisation = name.includes('«');
  return {
    side,
    type: organisation ? 'organisation' : 'individual',
    name,
    iin: organisation ? null : iin(n),
    bin: organisation ? '010940000163' : null,
    address: 'Алматы қ., Абай даңғылы, 10-үй',
    phone: '+7 701 000 00 00',
    email: 'sample@example.invalid',
    identifierPlausible: n % 5 !== 2,
  };
};

const OWN_CHECKS = ['authority', 'jurisdiction', 'attachments', 'legible', 'pretrial'];

const finding = (rule: string, severity: 'warn' | 'error', documentId: string | null = null) => ({
  ...{ id: `${rule}:${documentId ?? ''}`, rule, severity, documentId },
  ...{ field: null, params: {}, source: 'ГПК 148(2)(2)', related: null, override: null },
});

export function makeFiling(n: number): FilingDetail {
  const signature = STATES[n % STATES.length]!;
  const receivedAt = instant(NOW - 2 * HOUR + n * 7 * MINUTE - (n % 3) * DAY);
  const respondent = RESPONDENTS[n % RESPONDENTS.length];
  const documents = documentsOf(n, signature);
  const auto = (id: string, passed: boolean): ChecklistItem => ({ id, auto: true, passed, by: null, at: null });
  const daysLeft = n < 2 ? -2 : n < 5 ? 0 : n < 7 ? 1 : 2 + (n % 4);
  return {
    id: uuid(n * 100),
    revision: 1,
    cabinetNumber: String(261100421700 + n),
    incomingNumber: null,
    caseNumber: null,
    joinsCase: null,
    namedCase: n % 6 === 5 ? '9900-26-00-2/17' : null,
    kind: KINDS[n % KINDS.length]!,
    language: n % 4 === 3 ? 'ru' : 'kk',
    category: 'Борышты өндіріп алу',
    claimValue: n % 6 === 2 ? null : '1234567.50',
    state: n % 4 === 1 ? 'checking' : 'received',
    flagged: false,
    intake: n % 7 === 3 ? 'damaged' : n % 9 === 6 ? 'arriving' : 'ready',
    verdict: signature === 'invalid' ? 'invalid' : signature === 'undecided' ? 'undecided' : signature === 'absent' ? 'unsigned' : 'valid',
    signature,
    sentAt: instant(Date.parse(receivedAt) - 3 * MINUTE),
    takenOnPaperBy: null,
    receivedAt,
    registeredAt: null,
    registeredBy: null,
    confirmedAt: null,
    dueAt: instant(Math.floor(NOW / DAY) * DAY + (daysLeft + 1) * DAY - 5 * HOUR),
    courtDaysLeft: n % 6 === 5 ? null : daysLeft,
    parties: [party('claimant', CLAIMANTS[n % CLAIMANTS.length]!, n), ...(respondent ? [party('respondent', respondent, n + 3)] : [])],
    representative: n % 4 === 1 ? party('representative', 'Серікова Гүлнар Маратқызы', n + 1) : null,
    payment: n % 5 === 4 ? null : { amount: '37037.03', date: '2026-11-20', number: '0000120458', payerId: iin(n), kbk: '108126' },
    documents,
    postponed:
      n % 6 === 4
        ? { until: `2026-12-0${1 + (n % 3)}T04:00:00.000Z`, reason: 'Тапсырыс берушінің түбіртегі күтілуде', by: 'Үлгібаева Әсел' }
        : null,
    annexes: [],
    anomalies: [
      ...(n % 5 === 2 ? [finding('identifier-implausible', 'warn')] : []),
      ...(signature === 'absent' ? [finding('signature-missing', 'error', documents[0]!.id)] : []),
      ...(n % 7 === 3 ? [finding('document-missing', 'error', documents[6]!.id)] : []),
    ],
    checklist: [
      auto('signature', signature === 'valid' || signature === 'check-signer'),
      auto('identity', signature === 'valid'),
      auto('files', n % 7 !== 3),
      auto('fee', n % 5 !== 4),
      ...OWN_CHECKS.map((id) => ({ id, auto: false, passed: false, by: null, at: null })),
    ],
    duty: null,
    contents: [],
    links: [],
    termEdition: '2026-03',
    defects: [],
    proposal: null,
    recalled: null,
    acts: [],
    talon: null,
    history: [
      { seq: n * 10 + 1, at: receivedAt, actor: null, action: 'filing.received', details: {} },
      {
        seq: n * 10 + 2,
        at: instant(Date.parse(receivedAt) + MINUTE),
        actor: null,
        action: 'filing.checked',
        details: { verdict: 'valid' },
      },
    ],
    earlier: null,
    held: null,
    takenOver: null,
    allowed: ['mark', 'register', 'flag', 'recheck'],
    nextRecheckAt: signature === 'undecided' ? instant(NOW + 5 * MINUTE) : null,
    wipedAt: null,
  };
}

export function rowOf(filing: FilingDetail): QueueRow {
  return {
    id: filing.id,
    cabinetNumber: filing.cabinetNumber,
    incomingNumber: filing.incomingNumber,
    caseNumber: filing.caseNumber ?? filing.joinsCase,
    kind: filing.kind,
    state: filing.state,
    flagged: filing.flagged,
    intake: filing.intake,
    signature: filing.signature,
    claimant: filing.parties[0]!.name,
    respondent: filing.parties[1]?.name ?? null,
    documents: filing.documents.length,
    receivedAt: filing.receivedAt,
    registeredAt: filing.registeredAt,
    dueAt: filing.dueAt,
    courtDaysLeft: filing.courtDaysLeft,
    assignee: null,
    postponed: null,
    notes: Number(filing.cabinetNumber) % 5 === 2 ? 3 : 0,
    again: false,
    held: filing.held,
    confirmed: filing.registeredAt === null ? null : filing.confirmedAt !== null,
    judge: filing.registeredAt === null ? null : 'Серіков Бауыржан',
    talon: filing.talon && { drawn: filing.talon.sha256 !== null, prints: 0 },
    sentBack: null,
    revision: filing.revision,
  };
}

const ACT_KINDS = ['ruling-accept', 'ruling-return', 'ruling-accept', 'ruling-refuse', 'ruling-transfer'] as const;
export function makeAct(n: number, state: ActSummary['state']): ActSummary {
  return {
    id: uuid(900_000 + n),
    filingId: uuid(n * 100),
    kind: ACT_KINDS[n % ACT_KINDS.length]!,
    state,
    caseNumber: `9900-26-00-2/${40 + n}`,
    incomingNumber: `9900-26-${String(n + 1).padStart(6, '0')}`,
    claimant: CLAIMANTS[n % CLAIMANTS.length]!,
    respondent: RESPONDENTS[n % RESPONDENTS.length] ?? null,
    preparedBy: 'Әлиева Қарлығаш',
    preparedAt: instant(NOW - n * HOUR),
    sha256: sha(900_000 + n),
    reviewed: false,
    changedSinceReview: n === 2,
    dueAt: instant(NOW + 3 * DAY),
    courtDaysLeft: n === 0 ? 0 : 3,
    signedAt: state === 'draft' ? null : instant(NOW - HOUR),
    signedBy: state === 'draft' ? null : 'Серіков Бауыржан',
    level: state === 'draft' ? null : 'T',
    setAside: false,
    sentBack: false,
    preparing: false,
    title: null,
    pages: 2,
    language: 'kk',
    revision: 1,
  };
}
