import { useId } from 'react';
import type { CheckView } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import { groupChecks, type CheckGroup, type ListedCheck } from '../../../shared/domain/check-groups.ts';
import styles from './check-list.module.css';

const SHAPE: Readonly<Record<CheckView['result'], StatusShape>> = { ok: 'ok', fail: 'bad', warn: 'warn', 'not-run': 'unchecked' };

/** Every check that was made, by subject, each in words with its result and what was found. */
export function CheckList({ checks }: { readonly checks: readonly CheckView[] }) {
  return (
    <>
      {groupChecks(checks).map((part) => (
        <CheckGroupList key={part.group} group={part.group} checks={part.checks} />
      ))}
    </>
  );
}

function CheckGroupList({ group, checks }: { readonly group: CheckGroup; readonly checks: readonly ListedCheck[] }) {
  const { t, named } = useTexts();
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.group}>
      <h3 id={id}>{t(`sigGroup.${group}`)}</h3>
      <ul>
        {checks.map((check, at) => (
          <li key={at} data-check-id={check.id}>
            <StatusIcon shape={SHAPE[check.result]} size={16} />
            <span className="visually-hidden">{t(`sigResult.${check.result}`)}: </span>
            <span className={styles.words}>
              {named('sigCheck', check.id)}
              {check.result !== 'ok' && (
                <span className={styles.result}>
                  {' – '}
                  {[t(`sigResult.${check.result}`), check.reason !== null && named('sigCode', check.reason)].filter(Boolean).join(': ')}
                </span>
              )}
              {check.count > 1 && <span className={styles.result}> · {t('sig.forCertificates', { count: check.count })}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
