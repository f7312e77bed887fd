import type { SurveySum } from '../../../shared/contract/index.ts';
import { number } from '../../../shared/domain/kk-format.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import styles from './proceedings.module.css';

/** What filers answered, all together: how many and the mean of each question, and their words without names. */
export function SurveySums() {
  const { t, named } = useTexts();
  const answer = useAnswer('survey-sums', () => kense().survey.sums({}));
  useEvent('workChanged', () => void answer.reload());
  const sums = answer.value ?? [];
  const sets = [...new Set(sums.map(({ questionSet }) => questionSet))];
  const answered = sums.some(({ count }) => count > 0);
  return (
    <section className={styles.sums} aria-label={t('survey.sums')}>
      <h2>{t('survey.sums')}</h2>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact />}
      {!answered && <p className={styles.small}>{t('survey.nobody')}</p>}
      {answered &&
        sets.map((set) => (
          <section key={set} aria-label={named('surveySet', set)}>
            <h3>{named('surveySet', set)}</h3>
            <dl className={styles.answers}>
              {sums
                .filter(({ questionSet }) => questionSet === set)
                .map((sum) => (
                  <Sum key={sum.question.id} sum={sum} />
                ))}
            </dl>
          </section>
        ))}
    </section>
  );
}

function Sum({ sum: { question, count, mean, texts } }: { readonly sum: SurveySum }) {
  const { t, language } = useTexts();
  const value =
    mean === null ? null : question.type === 'scale' ? t('survey.ofFive', { value: number(mean, 1) }) : `${number(mean * 100)} %`;
  return (
    <div>
      <dt>{language === 'ru' ? question.ru : question.kk}</dt>
      <dd>
        {[value, t('survey.count', { count })].filter((part) => part !== null).join(' · ')}
        {texts.length > 0 && (
          <ul className={styles.words}>
            {texts.map((text, at) => (
              <li key={at}>{text}</li>
            ))}
          </ul>
        )}
      </dd>
    </div>
  );
}
