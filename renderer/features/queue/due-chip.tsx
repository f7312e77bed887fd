import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import styles from './due-chip.module.css';

/** Court days left, always in words; the day itself is in the tooltip. Colour only where something must be done. */
export function DueChip({ dueAt, courtDaysLeft }: { readonly dueAt: string | null; readonly courtDaysLeft: number | null }) {
  const { t } = useTexts();
  const format = useFormat();
  if (courtDaysLeft === null) return <span className={styles.none}>{t('due.none')}</span>;
  /* A term ends at 24:00: the instant itself belongs to the next day. */
  const title = dueAt === null ? undefined : t('due.on', { date: format.date(new Date(Date.parse(dueAt) - 1).toISOString()) });
  const hint = title === undefined ? {} : { title };
  if (courtDaysLeft < 0) {
    return (
      <Chip tone="bad" {...hint}>
        {t('due.overdue', { count: -courtDaysLeft })}
      </Chip>
    );
  }
  if (courtDaysLeft === 0) {
    return (
      <Chip tone="warn" {...hint}>
        {t('due.today')}
      </Chip>
    );
  }
  if (courtDaysLeft === 1) {
    return (
      <Chip tone="warn" {...hint}>
        {t('due.left', { count: 1 })}
      </Chip>
    );
  }
  return <span {...hint}>{t('due.left', { count: courtDaysLeft })}</span>;
}
