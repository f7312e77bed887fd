import type { Board } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { sayMinutes } from './say-minutes.ts';
import styles from './board-screen.module.css';

/** How many will be overdue when the day ends, and the rule that says so. */
export function OverdueNote({ forecast, whole }: { readonly forecast: Board['forecast']; readonly whole: Board['whole'] }) {
  const { t } = useTexts();
  if (forecast === null) return <p className={styles.forecast}>{t('board.noForecast')}</p>;
  const { overdue, willRegister, willArrive, registeredToday, minutesWorked, minutesLeft } = forecast;
  return (
    <p className={styles.forecast}>
      <strong>{t('board.forecast', { n: overdue })}</strong>{' '}
      {t('board.forecastRule', {
        ...{ overdue: whole.overdue, dueToday: whole.dueToday, willArrive, willRegister, registered: registeredToday },
        ...{ worked: sayMinutes(minutesWorked, t), left: sayMinutes(minutesLeft, t) },
      })}
    </p>
  );
}
