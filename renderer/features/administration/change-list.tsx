import { Button, NativeSelect } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import type { AdministrationChange } from '../../../shared/contract/index.ts';
import { CHANGED_THINGS } from '../../../shared/domain/administration-changes.ts';
import type { Failure } from '../../../shared/result.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import look from '../../ui/list-screen.module.css';
import { Loading } from '../../ui/loading.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { DayField } from '../proceedings/day-field.tsx';
import { sayAction, sayChange } from './say-change.ts';
import { useChanges, type ChangeFilter } from './use-changes.ts';
import styles from './administration-screen.module.css';

const EVERYTHING: ChangeFilter = { from: null, until: null, about: null };

/** What administrators and the operator of the registry changed, at every desk of the court; to be read, never changed. */
export function ChangeList() {
  const { t } = useTexts();
  const [filter, setFilter] = useState(EVERYTHING);
  const change = (part: Partial<ChangeFilter>) => setFilter({ ...filter, ...part });
  return (
    <>
      <div className={styles.bar}>
        <div className={look.day}>
          <DayField label={t('report.from')} value={filter.from} mayBeEmpty onChange={(from) => change({ from })} />
        </div>
        <div className={look.day}>
          <DayField label={t('report.until')} value={filter.until} mayBeEmpty onChange={(until) => change({ until })} />
        </div>
        <NativeSelect
          label={t('administration.changes.about')}
          value={filter.about ?? ''}
          onChange={(event) => change({ about: CHANGED_THINGS.find((thing) => thing === event.currentTarget.value) ?? null })}
          data={[
            { value: '', label: t('journalView.all') },
            ...CHANGED_THINGS.map((thing) => ({ value: thing, label: t(`administration.changes.of.${thing}`) })),
          ]}
        />
      </div>
      <Changes key={JSON.stringify(filter)} filter={filter} />
    </>
  );
}

function Changes({ filter }: { readonly filter: ChangeFilter }) {
  const { t } = useTexts();
  const { lines, failure, busy, more, load } = useChanges(filter);
  const told = useRef<HTMLParagraphElement>(null);
  const asked = useRef(false);
  useLayoutEffect(() => {
    // the button that was pressed may be gone with the answer: whoever goes on by keys goes on from here
    if (asked.current && document.activeElement === document.body) told.current?.focus();
    asked.current = false;
  }, [lines, failure]);
  const press = () => {
    if (busy) return;
    asked.current = true;
    load();
  };
  return (
    <>
      <p ref={told} className={styles.note} role="status" tabIndex={-1}>
        {lines !== null && (lines.length === 0 ? t('journalView.empty') : t('administration.changes.shown', { total: lines.length }))}
      </p>
      {lines === null && failure === null && <Loading />}
      {lines !== null && lines.length > 0 && <ChangeTable lines={lines} />}
      {failure && <NotTold failure={failure} onRetry={press} />}
      {more && failure === null && (
        <Button mt="sm" variant="default" aria-busy={busy} onClick={press}>
          {t('journalView.older')}
        </Button>
      )}
    </>
  );
}

/** Without a line nobody can tell what other desks did: that is said, and asked again on a press. */
function NotTold({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) {
  const { t } = useTexts();
  if (failure.code !== 'registry-unreachable') return <FailureCard failure={failure} onRetry={onRetry} compact />;
  return (
    <div className={styles.offline} role="alert">
      <StatusIcon shape="warn" />
      <p>{t('administration.changes.needsLine')}</p>
      <Button variant="default" onClick={onRetry}>
        {t('action.retry')}
      </Button>
    </div>
  );
}

function ChangeTable({ lines }: { readonly lines: readonly AdministrationChange[] }) {
  const texts = useTexts();
  const { t } = texts;
  const format = useFormat();
  return (
    <table className={styles.table} aria-label={t('administration.changes.title')}>
      <thead>
        <tr>
          <th scope="col">{t('journalView.at')}</th>
          <th scope="col">{t('administration.changes.by')}</th>
          <th scope="col">{t('administration.changes.at')}</th>
          <th scope="col">{t('journalView.action')}</th>
          <th scope="col">{t('administration.changes.about')}</th>
          <th scope="col">{t('administration.changes.what')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.position}>
            <td className={styles.number}>{format.dateTime(line.at)}</td>
            <td>{line.by ?? t('administration.changes.operator')}</td>
            <td>{line.workstation ?? '—'}</td>
            <td>{sayAction(line, texts)}</td>
            <th scope="row">{line.about ?? t('administration.view.court')}</th>
            <td>
              <dl className={styles.changes}>
                {sayChange(line, texts, format).map(({ name, value }) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
