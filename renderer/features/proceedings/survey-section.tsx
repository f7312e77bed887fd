import { Button } from '@mantine/core';
import type { Proceedings, SurveyView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts, type Texts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Standing } from './standing-chip.tsx';
import styles from './proceedings.module.css';

type Props = { readonly proceedings: Proceedings; readonly onChanged: (after: Proceedings) => void };

/** What the filer was asked about a step, and what he answered. */
export function SurveySection({ proceedings, onChanged }: Props) {
  const { t, named } = useTexts();
  const asking = useAction();
  const { filingId, surveys, questionSets } = proceedings;
  const may = proceedings.allowed.includes('survey');
  if (!may && surveys.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t('survey.title')}>
      <h2>{t('survey.title')}</h2>
      <ul>
        {surveys.map((survey) => (
          <Survey key={survey.id} survey={survey} />
        ))}
      </ul>
      {may && questionSets.length > 0 && (
        <div className={styles.actions} role="group" aria-label={t('survey.ask')}>
          <p className={styles.small}>{t('survey.ask')}</p>
          {questionSets.map((questionSet) => (
            <Button
              key={questionSet}
              variant="default"
              size="compact-md"
              disabled={asking.busy}
              onClick={() => void asking.run(() => kense().survey.ask({ filingId, questionSet }), onChanged)}
            >
              {named('surveySet', questionSet)}
            </Button>
          ))}
        </div>
      )}
      {asking.failure && <FailureCard failure={asking.failure} compact onClose={asking.clear} />}
    </section>
  );
}

function Survey({ survey }: { readonly survey: SurveyView }) {
  const texts = useTexts();
  const { t, named, language } = texts;
  const format = useFormat();
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <h3>{named('surveySet', survey.questionSet)}</h3>
        <Standing standing={survey.standing} done={survey.answeredAt === null ? t('survey.asked') : t('survey.answered')} />
      </div>
      <p className={styles.small}>{format.dateTime(survey.answeredAt ?? survey.askedAt)}</p>
      {survey.answers.length > 0 && (
        <dl className={styles.answers}>
          {survey.answers.map(({ question, value }) => (
            <div key={question.id}>
              <dt>{language === 'ru' ? question.ru : question.kk}</dt>
              <dd>{sayAnswer(value, texts)}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function sayAnswer(value: number | boolean | string, { t }: Texts): string {
  if (typeof value === 'number') return t('survey.ofFive', { value });
  return typeof value === 'boolean' ? t(value ? 'survey.yes' : 'survey.no') : value;
}
