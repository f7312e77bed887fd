import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import styles from './report-screen.module.css';

type Props = { readonly from: string; readonly until: string };

/** What the rules of the office data point at: each rule as a sentence with its numbers, and the filings that it counted. */
export function FairnessPatterns({ from, until }: Props) {
  const { t, language } = useTexts();
  const { open } = useNavigation();
  const answer = useAnswer(`patterns ${from} ${until} ${language}`, () => kense().report.patterns({ from, until, language }));
  return (
    <section>
      <h2>{t('fairness.patterns')}</h2>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact />}
      {!answer.value && !answer.failure && <Loading />}
      {answer.value?.patterns.length === 0 && <p className={styles.advice}>{t('fairness.noPatterns')}</p>}
      <ul className={styles.patterns}>
        {answer.value?.patterns.map(({ rule, sentence, total, filings }) => (
          <li key={`${rule} ${sentence}`}>
            <p>{sentence}</p>
            <details>
              <summary>
                {t('fairness.filings')}: {total}
                {total > filings.length && `, ${t('fairness.listed', { shown: filings.length })}`}
              </summary>
              <ul className={styles.filings}>
                {filings.map(({ id, number }) => (
                  <li key={id}>
                    <button type="button" onClick={() => open({ screen: 'filing', id, neighbours: [] })}>
                      {number}
                    </button>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
      <p className={styles.advice}>{t('fairness.advice')}</p>
    </section>
  );
}
