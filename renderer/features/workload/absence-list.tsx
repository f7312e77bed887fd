import { Button } from '@mantine/core';
import type { AbsenceView, Workload } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './workload-screen.module.css';

type Props = {
  readonly load: Pick<Workload, 'absences' | 'absenceKinds'>;
  readonly onWithdraw: (absence: AbsenceView) => void;
};

/** Who is away now and later. */
export function AbsenceList({ load: { absences, absenceKinds }, onWithdraw }: Props) {
  const { t, language } = useTexts();
  const { date } = useFormat();
  const day = (value: string) => date(`${value}T07:00:00Z`);
  return (
    <section aria-labelledby="absences" className={styles.section} data-pane>
      <h2 id="absences">{t('workload.absences')}</h2>
      {absences.length === 0 ? (
        <p>{t('workload.noAbsences')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('workload.person')}</th>
              <th scope="col">{t('workload.days')}</th>
              <th scope="col">{t('workload.kind')}</th>
              <th scope="col">{t('workload.coveredBy')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('workload.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {absences.map((absence) => (
              <tr key={absence.id}>
                <th scope="row">
                  <bdi>{absence.person.name}</bdi>
                </th>
                <td>
                  {day(absence.from)} – {day(absence.until)}
                </td>
                <td>{absenceKinds.find(({ id }) => id === absence.kind)?.[language] ?? absence.kind}</td>
                <td>{absence.coveredBy?.name ?? t('workload.nobodyCovers')}</td>
                <td>
                  <Button size="compact-sm" variant="default" onClick={() => onWithdraw(absence)}>
                    {t('workload.remove')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
