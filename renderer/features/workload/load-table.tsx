import type { KeyboardEvent, ReactNode, Ref } from 'react';
import type { WorkloadPerson } from '../../../shared/contract/index.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import styles from './workload-screen.module.css';

export type Shown = 'open' | 'overdue' | 'due-today' | 'done';
type Figure = {
  readonly what: Shown;
  readonly title: TextKey;
  readonly of: (person: WorkloadPerson) => number;
  readonly shape?: StatusShape;
};
const NUMBERS: readonly Figure[] = [
  { what: 'open', title: 'workload.open', of: ({ open }) => open },
  { what: 'overdue', title: 'workload.overdue', of: ({ overdue }) => overdue, shape: 'bad' },
  { what: 'due-today', title: 'workload.dueToday', of: ({ dueToday }) => dueToday, shape: 'warn' },
  { what: 'done', title: 'workload.doneToday', of: ({ doneToday }) => doneToday },
];

const GONE: Readonly<Record<NonNullable<WorkloadPerson['gone']>, TextKey>> = {
  revoked: 'workload.goneRevoked',
  role: 'workload.goneRole',
};

type Props = {
  readonly ref: Ref<HTMLTableElement>;
  readonly people: readonly WorkloadPerson[];
  readonly current: string | null;
  readonly onCurrent: (id: string) => void;
  readonly onShow: (person: WorkloadPerson, what: Shown) => void;
  readonly onAssign: (id: string) => void;
  readonly onAbsence: (person: WorkloadPerson) => void;
  readonly onNorm: (person: WorkloadPerson) => void;
};

/** A row for each person. Every number is a button; the arrows go from one to the next, and the table is one stop of Tab. */
export function LoadTable({ ref, people, current, onCurrent, onShow, onAssign, onAbsence, onNorm }: Props) {
  const { t } = useTexts();
  const { date } = useFormat();
  const absenceOf = ({ away }: WorkloadPerson) =>
    away === null ? t('workload.present') : t('workload.awayUntil', { day: date(`${away.until}T07:00:00Z`) });
  return (
    <div data-pane data-single-keys>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table whose cells are gone through with the arrows */}
      <table ref={ref} role="grid" aria-label={t('nav.workload')} className={styles.table} onKeyDown={moveAmongCells}>
        <thead>
          <tr>
            <th scope="col">{t('workload.person')}</th>
            {NUMBERS.map(({ what, title }) => (
              <th key={what} scope="col" className={styles.number}>
                {t(title)}
              </th>
            ))}
            <th scope="col" className={styles.number}>
              {t('workload.norm')}
            </th>
            <th scope="col">{t('workload.absence')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('workload.share')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => {
            const isCurrent = person.id === current;
            const cell = (place: number, label: string, onPress: () => void, body: ReactNode) => (
              <button
                type="button"
                className={styles.cell}
                aria-label={label}
                tabIndex={isCurrent && place === 0 ? 0 : -1}
                data-pane-start={isCurrent && place === 0 ? '' : undefined}
                onFocus={() => onCurrent(person.id)}
                onClick={onPress}
              >
                {body}
              </button>
            );
            return (
              <tr key={person.id} data-current={isCurrent || undefined} data-person={person.id}>
                <th scope="row">
                  <bdi>{person.name}</bdi>
                </th>
                {NUMBERS.map(({ what, title, of, shape }, place) => (
                  <td key={what} className={styles.number}>
                    {cell(
                      place,
                      `${person.name}: ${t(title)} ${of(person)}`,
                      () => onShow(person, what),
                      <>
                        {shape && of(person) > 0 && <StatusIcon shape={shape} size={16} />}
                        {of(person)}
                      </>,
                    )}
                  </td>
                ))}
                {person.gone === null ? (
                  <>
                    <td className={styles.number}>
                      {cell(
                        NUMBERS.length,
                        `${person.name}: ${t('workload.norm')} ${person.norm.count}`,
                        () => onNorm(person),
                        <>
                          {person.open > person.norm.count && <StatusIcon shape="warn" size={16} />}
                          {person.norm.count}
                        </>,
                      )}
                    </td>
                    <td>
                      {cell(
                        NUMBERS.length + 1,
                        `${person.name}: ${absenceOf(person)}`,
                        () => onAbsence(person),
                        <>
                          {person.away && <StatusIcon shape="absent" size={16} />}
                          {absenceOf(person)}
                        </>,
                      )}
                    </td>
                  </>
                ) : (
                  <td colSpan={2}>
                    <span className={styles.gone}>
                      <StatusIcon shape="warn" size={16} />
                      {t(GONE[person.gone])}
                    </span>
                  </td>
                )}
                <td>
                  {person.open > 0 &&
                    cell(
                      NUMBERS.length + 2,
                      `${t('work.assign')}${isCurrent ? ' M' : ''}: ${person.name}`,
                      () => onAssign(person.id),
                      <>
                        {t('work.assign')} {isCurrent && <KeyCap keys="M" />}
                      </>,
                    )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The arrows, Home and End go among the buttons as they stand. */
function moveAmongCells(event: KeyboardEvent<HTMLTableElement>): void {
  if (event.ctrlKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  const rows = [...event.currentTarget.tBodies[0]!.rows].map((row) => [...row.querySelectorAll('button')]);
  const at = rows.findIndex((row) => row.includes(event.target as HTMLButtonElement));
  const place = rows[at]?.indexOf(event.target as HTMLButtonElement) ?? -1;
  if (place < 0) return;
  const inRow = (row: number) => rows[row]?.[Math.min(place, rows[row].length - 1)];
  const moves: Readonly<Record<string, () => HTMLElement | undefined>> = {
    ArrowDown: () => inRow(at + 1),
    ArrowUp: () => inRow(at - 1),
    ArrowRight: () => rows[at]?.[place + 1],
    ArrowLeft: () => rows[at]?.[place - 1],
    Home: () => inRow(0),
    End: () => inRow(rows.length - 1),
  };
  const target = moves[event.key]?.();
  if (target === undefined) return;
  event.preventDefault();
  target.focus();
}
