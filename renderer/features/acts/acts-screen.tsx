import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { ActSummary, BatchPlan } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import list from '../../ui/list-screen.module.css';
import { ActGrid } from './act-grid.tsx';
import { numberOf, SignDialog } from './sign-dialog.tsx';
import { useChosenActs } from './use-chosen-acts.ts';
import styles from './acts-screen.module.css';

/** The judge's list: acts to read and sign, or those already signed with what became of them. Never intake noise. */
export function ActsScreen({ view }: { readonly view: 'to-sign' | 'signed' }) {
  const { t } = useTexts();
  const answer = useAnswer(`acts:${view}`, () => kense().acts.list({ view }));
  useEvent('workChanged', () => void answer.reload());
  const title = t(view === 'to-sign' ? 'act.title' : 'act.signedTitle');
  return (
    <section className={list.screen} aria-label={title}>
      {view === 'signed' || !answer.value ? (
        <header className={list.header}>
          <Heading title={title} acts={answer.value} />
        </header>
      ) : null}
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={answer.value !== null} />}
      {answer.value === null ? (
        !answer.failure && <Loading />
      ) : view === 'to-sign' ? (
        <ToSign acts={answer.value} title={title} />
      ) : answer.value.length === 0 ? (
        <p className={list.empty}>{t('act.emptySigned')}</p>
      ) : (
        <ActGrid acts={answer.value} view={view} label={title} />
      )}
    </section>
  );
}

function Heading({ title, acts }: { readonly title: string; readonly acts: readonly ActSummary[] | null }) {
  return (
    <h1>
      {title} <span className={list.count}>{acts?.length ?? ''}</span>
    </h1>
  );
}

/** Several acts are signed at once; which, is chosen here among those that were read. */
function ToSign({ acts, title }: { readonly acts: readonly ActSummary[]; readonly title: string }) {
  const { t } = useTexts();
  const { open } = useNavigation();
  const chosen = useChosenActs(acts);
  const [unread, setUnread] = useState(false);
  const [plan, setPlan] = useState<BatchPlan | null>(null);
  const planning = useAction();
  const signing = useAction();
  const begun = useRef(false);
  const count = chosen.chosen.length;
  const prepare = () => {
    setUnread(count === 0);
    if (count > 0) void planning.run(() => kense().batch.plan({ ids: chosen.chosen.map(({ id }) => id) }), setPlan);
  };
  const sign = (keyId: string) => {
    if (!plan) return;
    begun.current = true;
    void signing.run(() => kense().batch.start({ keyId, acts: plan.acts.map(({ id, sha256 }) => ({ id, sha256 })) }));
  };
  /* The first word of the ledger: from there on the batch has a screen of its own. */
  useEvent('batchChanged', ({ id }) => {
    if (!begun.current) return;
    begun.current = false;
    open({ screen: 'batch', id });
  });
  useCommands('screen', { 'act.sign': prepare });

  return (
    <>
      <header className={list.header}>
        <Heading title={title} acts={acts} />
        <div className={styles.tools} role="toolbar" aria-label={t('act.tools')} data-pane>
          <Button variant="default" onClick={() => open({ screen: 'batches' })}>
            {t('batch.ledger')}
          </Button>
          {acts.length > 0 && (
            <>
              <Button
                variant="default"
                onClick={chosen.selection.toggleAll}
                aria-keyshortcuts="Control+A"
                rightSection={<KeyCap keys="Ctrl+A" />}
              >
                {t('act.chooseRead')}
              </Button>
              <Button
                loading={planning.busy}
                onClick={prepare}
                aria-keyshortcuts="Control+Enter"
                rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}
              >
                {t('sign.batch', { count })}
              </Button>
            </>
          )}
        </div>
      </header>
      <p className={styles.hint} role="status">
        {unread ? t('act.readBeforeChoosing') : ''}
      </p>
      {planning.failure && <FailureCard failure={planning.failure} compact onClose={planning.clear} />}
      {acts.length === 0 ? (
        <p className={list.empty}>{t('act.empty')}</p>
      ) : (
        <ActGrid
          acts={acts}
          view="to-sign"
          label={title}
          selection={{ ...chosen.selection, toggle: (act) => setUnread(!chosen.toggle(act.id)) }}
        />
      )}
      {plan && (
        <SignDialog
          acts={plan.acts.map((act) => ({ ...act, number: numberOf(act) }))}
          leftOut={plan.leftOut}
          listSha256={plan.listSha256}
          busy={signing.busy}
          failure={signing.failure}
          onSign={sign}
          onClose={() => {
            begun.current = false;
            signing.clear();
            setPlan(null);
          }}
        />
      )}
    </>
  );
}
