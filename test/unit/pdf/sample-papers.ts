import { createHash } from 'node:crypto';
import { talonQrText } from '../../../shared/domain/talon.ts';
import type { TalonContent } from '../../../main/pdf/index.ts';

export const KAZAKH = 'ӘәҒғҚқҢңӨөҰұҮүҺһІі';
export const KEY_ID = '0123456789abcdef';

/** A talon as the office issues most of them; the QR says what the talon says, under a signature of zeros unless one is given. */
export function sampleTalon(change: Partial<TalonContent> = {}, signature = 'A'.repeat(86), keyId = KEY_ID): TalonContent {
  const content: TalonContent = {
    court: '9900',
    incomingNumber: '9900-26-000017',
    caseNumber: '9900-26-00-2/17',
    joinsCase: null,
    cabinetNumber: '260000000017',
    kind: 'claim',
    receivedAt: '2026-11-20T12:42:05Z',
    registeredAt: '2026-11-21T04:31:07Z',
    verdict: 'valid',
    documents: 4,
    courtNameKk: 'Оқу-жаттығу аудандық соты',
    courtNameRu: 'Учебный районный суд',
    kindNameKk: 'Талап қою (талап арыз)',
    kindNameRu: 'Исковое заявление (иск)',
    sentAt: '2026-11-20T12:41:58Z',
    applicant: 'Ғалымжанов Әділет Қуанышұлы',
    applicantIdMasked: '8701******12',
    parties: 'Талап қоюшы: Ғалымжанов Ә. Қ.; жауапкер: «Өркен» ЖШС',
    registeredBy: 'Әлиева Қаракөз Ғабитқызы',
    dutyPaid: { amountTenge: '21625', number: 'KZ-2026-118745' },
    dueAt: '2026-11-27T19:00:00Z',
    files: sampleFiles(4),
    flagged: false,
    qrText: '',
    training: false,
    copy: false,
    ...change,
  };
  return { ...content, qrText: change.qrText ?? talonQrText(content, keyId, signature) };
}

const TITLES = [
  'Талап қою арызы',
  'Мемлекеттік баж төленгені туралы түбіртек',
  'Қарыз шарты № 12, 03.02.2026',
  'Претензия от 01.09.2026 с доказательством вручения',
];
export function sampleFiles(count: number, title?: string): TalonContent['files'] {
  return Array.from({ length: count }, (_, i) => ({
    title: title ?? TITLES[i % TITLES.length]!,
    pages: i % 7 === 5 ? null : 3 + i,
    sha256: createHash('sha256').update(`file ${i}`).digest('hex'),
  }));
}
