import { addCourtDays, courtDayOf, endOfCourtDay, type Calendar } from '../../shared/domain/court-day.ts';
import { fold, sortKey } from '../../shared/domain/kk-format.ts';
import type { Store } from '../../main/store/index.ts';
import { seededRandom } from '../support/seeded-random.ts';

export const BASE_NOW = '2026-11-20T06:00:00.000Z';
export const CLERKS = Array.from({ length: 12 }, (_, i) => `00000000-0000-7000-8000-0000000000${String(10 + i)}`);

const SURNAMES =
  'Әлиев Ғалымжанов Қасымов Нұрланов Өтегенов Ұзақбаев Үсенов Ізтілеуов Иванов Ким Оспанов Серіков Шәріпов Тілеубаев Ахметов Жүнісов'.split(
    ' ',
  );
const GIVEN = 'Айгүл Ерлан Сәуле Бауыржан Мария Гүлнар Дәурен Қарлығаш Нұрсұлтан Умит Мадина Тимур'.split(' ');
const FIRMS = 'Өркен ҚазМұнайСервис Алматы-Тазалық Жетісу-Астық Қуат Ырыс-Құрылыс'.split(' ');
const KINDS = [
  'claim',
  'claim',
  'claim',
  'court-order-application',
  'motion',
  'appeal',
  'private-complaint',
  'objection-to-court-order',
  'response',
];
const SIGNATURES = ['valid', 'valid', 'valid', 'valid', 'valid', 'valid', 'undecided', 'invalid', 'not-checked', 'check-signer'];
const CATEGORIES = ['Борышты өндіріп алу', 'Алимент', 'Еңбек дауы', 'Тұрғын үй дауы', 'Жер дауы', 'Зиянды өтеу', 'Мұра', null];
const VERDICTS = ['valid', 'undecided', 'invalid', 'unsigned'];
const DONE = ['accepted', 'accepted', 'accepted', 'returned', 'with-judge', 'registered', 'fulfilled'];

/** Filings as they lie in the store of a large office after some years, the same for the same sizes; a twelfth of the open ones belongs to each clerk. */
export function makeQueueBase(
  store: Store,
  calendar: Calendar,
  { stored, open }: { readonly stored: number; readonly open: number },
): void {
  const random = seededRandom(1401);
  const later = seededRandom(2602);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const person = () => `${pick(SURNAMES)} ${pick(GIVEN)} ${pick(SURNAMES)}ұлы ${Math.floor(random() * 1e4).toString(36)}`;
  const firm = () => `«${pick(FIRMS)}» ЖШС № ${Math.floor(random() * 5000)}`;
  const filler = 'Талап қою бойынша борышты өндіріп алу туралы мәліметтер. '.repeat(14);
  const start = Date.parse(BASE_NOW);
  const step = (3 * 365 * 86_400_000) / stored;
  store.write((tx) => {
    CLERKS.forEach((id, i) =>
      tx.run(
        `INSERT INTO app_user (id, name, iin, roles, certificates, active) VALUES (?, ?, NULL, '["secretary"]', '[]', 1)`,
        id,
        `${SURNAMES[i]} ${GIVEN[i]}`,
      ),
    );
  });
  const terms = new Map<string, string>();
  const dueOf = (receivedAt: string): string => {
    const day = courtDayOf(receivedAt);
    let due = terms.get(day);
    if (due === undefined) terms.set(day, (due = endOfCourtDay(addCourtDays(calendar, day, 5))));
    return due;
  };
  const PART = 20_000;
  for (let from = 0; from < stored; from += PART)
    store.write((tx) => {
      for (let n = from; n < Math.min(stored, from + PART); n++) {
        const id = `0190${n.toString(16).padStart(8, '0')}`.replace(/^(.{8})(.{4})$/, '$1-$2') + '-7000-8000-000000000000';
        const isOpen = n >= stored - open;
        // the open ones came within the last twelve days
        const receivedAt = new Date(
          isOpen ? start - (stored - n) * ((12 * 86_400_000) / open) : start - 12 * 86_400_000 - (stored - open - n) * step,
        ).toISOString();
        const registeredAt = isOpen ? null : new Date(Date.parse(receivedAt) + 600_000 + later() ** 3 * 11 * 86_400_000).toISOString();
        const [claimant, respondent] = [random() < 0.7 ? person() : firm(), random() < 0.5 ? firm() : person()];
        const iin = String(100000000000 + Math.floor(random() * 899999999999));
        const bin = String(100000000000 + Math.floor(random() * 899999999999));
        const cabinetNumber = String(260000000000 + n);
        const kind = pick(KINDS);
        const sequence = n + 1;
        const year = receivedAt.slice(2, 4);
        const message = JSON.stringify({
          id,
          cabinetNumber,
          kind,
          parties: [
            { name: claimant, iin },
            { name: respondent, bin },
          ],
          filler,
        });
        tx.run(
          `INSERT INTO filing (id, cabinet_number, kind, language, message, state, flagged, intake, signature, verdict, claimant, respondent, search_text, sent_at,
             received_at, due_at, incoming_number, case_number, registered_at, registered_by, confirmed_at, assignee, claimant_key, respondent_key, documents, category)
           VALUES (?, ?, ?, ?, ?, ?, 0, 'ready', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 3, ?)`,
          ...[
            id,
            cabinetNumber,
            kind,
            random() < 0.6 ? 'kk' : 'ru',
            message,
            isOpen ? (random() < 0.8 ? 'received' : 'checking') : pick(DONE),
          ],
          ...[
            pick(SIGNATURES),
            VERDICTS[Math.floor(later() ** 3 * VERDICTS.length)]!,
            claimant,
            respondent,
            fold(`${cabinetNumber} ${claimant} ${iin} ${respondent} ${bin}`),
            receivedAt,
            receivedAt,
          ],
          ...[
            dueOf(receivedAt),
            isOpen ? null : `9900-${year}-${String(sequence).padStart(6, '0')}`,
            isOpen ? null : `9900-${year}-00-2/${sequence}`,
          ],
          ...[registeredAt, isOpen ? null : pick(CLERKS), registeredAt],
          ...[isOpen && random() < 0.3 ? null : pick(CLERKS), sortKey(claimant), sortKey(respondent)],
          CATEGORIES[Math.floor(later() * CATEGORIES.length)]!,
        );
      }
    });
}
