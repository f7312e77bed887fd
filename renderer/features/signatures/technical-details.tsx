import type { DocumentView, SignatureCard } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { copyOf, factsOf } from './card-facts.ts';
import { countChecks } from '../../../shared/domain/check-groups.ts';
import { CheckList } from './check-list.tsx';
import styles from './technical-details.module.css';

/** The other two views of the same run: the list of checks and the facts, folded away. */
export function TechnicalDetails({ card, document }: { readonly card: SignatureCard; readonly document: DocumentView }) {
  const texts = useTexts();
  const { t } = texts;
  const format = useFormat();
  const facts = factsOf(card, document, texts, format);
  return (
    <>
      {card.checks.length > 0 && (
        <details className={styles.details} data-view="checks">
          <summary>
            {t('sig.checksTitle')} <span className={styles.count}>{t('sig.checksCount', countChecks(card.checks))}</span>
          </summary>
          <CheckList checks={card.checks} />
          {card.timestamps.map((stamp, at) => (
            <section key={at} className={styles.stamp}>
              <h3>
                {t('sig.timestamp')} {t(`sig.timestampKind.${stamp.kind}`)}
                {stamp.time !== null && `, ${format.dateTime(stamp.time)}`}
              </h3>
              <CheckList checks={stamp.checks} />
            </section>
          ))}
        </details>
      )}
      <details className={styles.details} data-view="facts">
        <summary>{t('sig.factsTitle')}</summary>
        <dl className={styles.facts}>
          {facts.map(({ name, values }, at) => (
            <div key={at}>
              <dt>{name}</dt>
              <dd>
                {values.map((value, line) => (
                  <span key={line}>{value}</span>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <p className={styles.copy}>
          <span aria-hidden="true">{t('sig.copyFacts')}</span> <CopyButton value={copyOf(facts, card)} label={t('sig.copyFacts')} />
        </p>
      </details>
    </>
  );
}
