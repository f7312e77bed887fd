import { useState } from 'react';
import type { Duty } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { sayArticle } from './say-article.ts';
import styles from './duty-lines.module.css';

/** The state duty with its reasoning: rate times base, cap, sum; by which index and edition. Folded while the sum paid is the sum due. */
export function DutyLines({ duty }: { readonly duty: Duty }) {
  const { t, language } = useTexts();
  const format = useFormat();
  const right = duty.due !== null && (duty.due === duty.paid || /^0\.00$/.test(duty.due));
  const [opened, setOpened] = useState(!right);
  const decimal = (factor: number) => String(factor).replace('.', ',');
  const step = (line: Duty['lines'][number]): string => {
    const of = format.money(line.of);
    if (line.how === 'free') return t('duty.free');
    const amount = format.money(line.amount);
    if (line.how === 'index') return `${decimal(line.factor)} × ${of}${line.times === null ? '' : ` × ${line.times}`} = ${amount}`;
    return `${decimal(line.factor)} % × ${of} = ${amount}`;
  };
  return (
    <section aria-label={t('duty.title')} className={styles.duty}>
      <button type="button" className={styles.head} aria-expanded={opened} onClick={() => setOpened((o) => !o)}>
        <StatusIcon shape={right ? 'ok' : 'info'} size={16} />
        <span>
          {t('duty.title')}: {duty.due === null ? t('duty.unknown') : format.money(duty.due)}
        </span>
        <Icon name={opened ? 'down' : 'right'} size={14} />
      </button>
      {opened && (
        <div className={styles.lines}>
          {duty.basis && (
            <p>
              {duty.basis[language]} · {t(`duty.payer.${duty.payer}`)}
              {duty.assumed !== 'no' && ` · ${t(duty.assumed === 'payment' ? 'duty.byPayment' : 'duty.assumed')}`}
            </p>
          )}
          <ul>
            {duty.lines.map((line, at) => (
              <li key={at} data-base={line.base || undefined}>
                <span>{line[language]}</span>
                <span className={styles.step}>{step(line)}</span>
                {line.cap && (
                  <span className={styles.step}>{t('duty.cap', { indexes: line.cap.indexes, sum: format.money(line.cap.amount) })}</span>
                )}
                <span className={styles.source}>{sayArticle(line.source, language)}</span>
              </li>
            ))}
          </ul>
          {duty.exemption && (
            <p>
              {t('duty.exemption')}: {duty.exemption[language]} · {sayArticle(duty.exemption.source, language)}
            </p>
          )}
          <p className={styles.sum}>
            {t('duty.sum', {
              due: duty.due === null ? '—' : format.money(duty.due),
              paid: duty.paid === null ? '—' : format.money(duty.paid),
            })}
          </p>
          <p className={styles.source}>
            {t('duty.day', {
              day: format.date(`${duty.day}T00:00:00Z`),
              index: duty.index === null ? '—' : format.money(String(duty.index)),
            })}
          </p>
        </div>
      )}
    </section>
  );
}
