import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DispatchDetail, DispatchPaper } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { BackButton } from '../../app/back-button.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { DispatchPaperDialog } from './dispatch-paper-dialog.tsx';
import { OfflineNote } from './offline-note.tsx';
import { RecipientCard } from './recipient-card.tsx';
import { SendForm } from './send-form.tsx';
import list from '../../ui/list-screen.module.css';
import styles from './dispatch.module.css';

/** One signed act on its way: to whom it goes, what became of it, its papers. */
export function DispatchActScreen({ actId }: { readonly actId: string }) {
  const { t } = useTexts();
  const answer = useAnswer(`dispatch:${actId}`, () => kense().dispatch.get({ actId }));
  useEvent('workChanged', () => void answer.reload());
  return (
    <section className={list.screen} aria-label={t('dispatch.panel')}>
      {answer.value ? (
        <Detail detail={answer.value} onChanged={answer.replace} />
      ) : answer.failure ? (
        <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} />
      ) : (
        <>
          <h1 className="visually-hidden">{t('state.loading')}</h1>
          <Loading />
        </>
      )}
    </section>
  );
}

function Detail({ detail, onChanged }: { readonly detail: DispatchDetail; readonly onChanged: (after: DispatchDetail) => void }) {
  const { t } = useTexts();
  const actName = useActName();
  const format = useFormat();
  const { open } = useNavigation();
  const [paper, setPaper] = useState<DispatchPaper | null>(null);
  const { act, people } = detail;
  const papers: readonly DispatchPaper[] = act.dispatched ? ['original', 'check', 'protocol'] : ['original', 'protocol'];
  return (
    <>
      <header className={styles.header} data-pane>
        <div className={styles.cardHead}>
          <h1>{actName(act)}</h1>
          <BackButton />
        </div>
        <p className={styles.small}>
          {[
            act.caseNumber ?? act.incomingNumber,
            [act.claimant, act.respondent].filter((name) => name !== null).join(' – '),
            act.signedBy,
            format.dateTime(act.signedAt),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
        <p className={styles.chips}>
          <Chip shape={act.issued ? 'ok' : 'busy'}>{t(act.issued ? 'dispatch.issued' : 'dispatch.notIssued')}</Chip>
        </p>
        {!act.issued && <p className={styles.small}>{t('dispatch.notIssuedHelp')}</p>}
        <div className={styles.actions} role="toolbar" aria-label={t('dispatch.papers')}>
          {papers.map((one) => (
            <Button key={one} variant="default" size="compact-md" onClick={() => setPaper(one)}>
              {t(`dispatch.paper.${one}`)}
            </Button>
          ))}
          <Button variant="default" size="compact-md" onClick={() => open({ screen: 'filing', id: act.filingId, neighbours: [] })}>
            {t('act.openFiling')}
          </Button>
        </div>
      </header>
      <OfflineNote />
      <div className={styles.body} data-pane>
        <ScrollRegion className={styles.scroll} label={t('nav.dispatch')}>
          {act.recipients.length > 0 && (
            <section className={styles.section} aria-label={t('dispatch.recipients')}>
              <h2>{t('dispatch.recipients')}</h2>
              <ul className={styles.cards}>
                {act.recipients.map((recipient) => (
                  <RecipientCard
                    key={recipient.id}
                    filingId={act.filingId}
                    actId={act.actId}
                    issued={act.issued}
                    recipient={recipient}
                    onChanged={onChanged}
                  />
                ))}
              </ul>
            </section>
          )}
          {people.length > 0 && <SendForm key={people.map(({ name }) => name).join('\n')} detail={detail} onChanged={onChanged} />}
        </ScrollRegion>
      </div>
      {paper && <DispatchPaperDialog paper={paper} id={act.actId} onClose={() => setPaper(null)} />}
    </>
  );
}
