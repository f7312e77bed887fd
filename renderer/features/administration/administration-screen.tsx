import { useState } from 'react';
import type { Administration } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import { ChangeList } from './change-list.tsx';
import { CourtNames } from './court-names.tsx';
import { CourtRules } from './court-rules.tsx';
import { PeopleTable } from './people-table.tsx';
import { WorkstationTable } from './workstation-table.tsx';
import styles from './administration-screen.module.css';

const VIEWS = ['people', 'workstations', 'rules', 'court', 'changes'] as const;
export type ViewProps = { readonly now: Administration; readonly onChanged: (now: Administration) => void };

/** Who works in the court, at which workstations and by which rules. Lists are there without a line; changes need it. */
export function AdministrationScreen() {
  const { t } = useTexts();
  const { dateTime } = useFormat();
  const [view, setView] = useState<(typeof VIEWS)[number]>('people');
  const answer = useAnswer('administration', () => kense().administration.read({}));
  const now = answer.value;
  const asOf = now && view !== 'changes' ? (view === 'workstations' ? (now.workstations?.asOf ?? null) : now.peopleAsOf) : null;
  return (
    <ScrollRegion label={t('nav.administration')} className={styles.screen}>
      <div className={styles.head}>
        <h1>{t('administration.title')}</h1>
        <ViewButtons
          label={t('administration.title')}
          views={VIEWS.map((id) => ({ id, name: t(`administration.view.${id}`) }))}
          current={view}
          onChoose={setView}
        />
        {asOf && <p className={styles.asOf}>{t('sync.stale', { when: dateTime(asOf) })}</p>}
      </div>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={now !== null} />}
      {now?.offline && view !== 'changes' && (
        <p className={styles.offline} role="status">
          <StatusIcon shape="warn" /> {t('administration.needsLine')}
        </p>
      )}
      {!now && !answer.failure && <Loading />}
      {now && view === 'people' && <PeopleTable now={now} onChanged={answer.replace} />}
      {now && view === 'workstations' && <WorkstationTable now={now} onChanged={answer.replace} />}
      {now && view === 'rules' && <CourtRules now={now} onChanged={answer.replace} />}
      {now && view === 'court' && <CourtNames now={now} onChanged={answer.replace} />}
      {now && view === 'changes' && <ChangeList />}
    </ScrollRegion>
  );
}
