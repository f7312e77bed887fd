import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DayHearing } from '../../../shared/contract/index.ts';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { dateLong, time, weekday } from '../../../shared/domain/kk-format.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { parseDay, writtenDay } from './moment.ts';
import { takeDigit } from './moment-fields.tsx';
import { Standing } from './standing-chip.tsx';
import styles from './hearing-day-screen.module.css';

const noon = (day: string) => `${day}T07:00:00Z`;
const shifted = (day: string, by: number) => new Date(Date.parse(noon(day)) + by * 24 * 3_600_000).toISOString().slice(0, 10);

/** The hearings of the court on one day, by time. */
export function HearingDayScreen() {
  const { t, language } = useTexts();
  const [day, setDay] = useState<string>(() => courtDayOf(new Date().toISOString()));
  const [typedDay, setTypedDay] = useState(() => writtenDay(day));
  const answer = useAnswer(`hearings:${day}`, () => kense().hearing.day({ day }));
  useEvent('workChanged', () => void answer.reload());
  const show = (next: string) => {
    setDay(next);
    setTypedDay(writtenDay(next));
  };
  const read = parseDay(typedDay);
  return (
    <section className={styles.screen} aria-label={t('nav.hearings')} data-pane>
      <div className={styles.head}>
        <h1>{t('nav.hearings')}</h1>
        <div className={styles.days} role="group" aria-label={t('hearingDay.choose')}>
          <Button variant="default" aria-label={t('hearingDay.previous')} onClick={() => show(shifted(day, -1))}>
            <Icon name="left" size={18} />
          </Button>
          <TextInput
            aria-label={t('proceedings.day')}
            className={styles.day}
            inputMode="numeric"
            maxLength={10}
            value={typedDay}
            error={read === null}
            onChange={(event) => setTypedDay(event.currentTarget.value)}
            onKeyDown={(event) => {
              takeDigit(event, setTypedDay);
              if (event.key === 'Enter' && read !== null) show(read);
            }}
            onBlur={() => show(read ?? day)}
          />
          <Button variant="default" aria-label={t('hearingDay.next')} onClick={() => show(shifted(day, 1))}>
            <Icon name="right" size={18} />
          </Button>
          <Button variant="default" onClick={() => show(courtDayOf(new Date().toISOString()))}>
            {t('hearingDay.today')}
          </Button>
        </div>
        <p className={styles.small}>
          {dateLong(language, noon(day))}, {weekday(language, noon(day))}
          {answer.value?.isCourtDay === false && ` · ${t('hearingDay.dayOff')}`}
        </p>
      </div>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={answer.value !== null} />}
      {answer.value ? (
        <DayTable hearings={answer.value.hearings} label={`${dateLong(language, noon(day))}, ${weekday(language, noon(day))}`} />
      ) : (
        !answer.failure && <Loading />
      )}
    </section>
  );
}

function DayTable({ hearings, label }: { readonly hearings: readonly DayHearing[]; readonly label: string }) {
  const { t } = useTexts();
  const { open } = useNavigation();
  if (hearings.length === 0) return <p className={styles.none}>{t('hearingDay.none')}</p>;
  const neighbours = [...new Set(hearings.flatMap(({ filingId }) => filingId ?? []))];
  return (
    <ScrollRegion label={label} className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('proceedings.time')}</th>
            <th scope="col">{t('hearing.room')}</th>
            <th scope="col">{t('hearingDay.case')}</th>
            <th scope="col">{t('hearingDay.parties')}</th>
            <th scope="col">{t('hearing.judge')}</th>
            <th scope="col">{t('hearing.mode')}</th>
            <th scope="col">{t('hearingDay.state')}</th>
          </tr>
        </thead>
        <tbody>
          {hearings.map((hearing) => (
            <tr key={hearing.id} data-over={hearing.cancelled || undefined}>
              <td className={styles.time}>{time(hearing.startsAt)}</td>
              <td>{hearing.room ?? '–'}</td>
              <td>
                {hearing.filingId === null ? (
                  hearing.label
                ) : (
                  <button
                    type="button"
                    className={styles.link}
                    onClick={() => open({ screen: 'filing', id: hearing.filingId!, neighbours })}
                  >
                    {hearing.label}
                  </button>
                )}
              </td>
              <td>{hearing.parties}</td>
              <td>{hearing.judge ?? t('hearing.noJudge')}</td>
              <td>{t(`hearing.mode.${hearing.mode}`)}</td>
              <td>
                <Standing standing={hearing.standing} done={hearing.cancelled ? t('hearing.cancelled') : t('hearing.confirmed')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
