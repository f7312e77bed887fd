import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ActSummary } from '../../../shared/contract/index.ts';
import { decisionOf } from '../../../shared/domain/decision.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { BackButton } from '../../app/back-button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { FIRST_VIEW, PdfViewer, type PdfView } from '../documents/pdf/pdf-viewer.tsx';
import { useDocumentBytes } from '../documents/use-document-bytes.ts';
import { PrintButton } from '../printing/print-button.tsx';
import { usePrintKeys } from '../printing/print-context.tsx';
import { DueChip } from '../queue/due-chip.tsx';
import { ActState } from './act-state.tsx';
import { PageRail } from './page-rail.tsx';
import { ReviewChip, SentBackChip } from './review-chip.tsx';
import { numberOf, SignDialog } from './sign-dialog.tsx';
import { FilingActsSection } from './filing-acts.tsx';
import { DecisionSection } from './decision-section.tsx';
import styles from './act-review.module.css';

type Props = { readonly act: ActSummary; readonly replaceAct: (act: ActSummary) => void; readonly reload: () => void };

/** What was seen of one text, by act and hash: of the next text nothing was seen yet, whatever was seen of the last one. */
type Looked = { readonly at: string | null; readonly unseen: readonly number[] | null; readonly unreadable: boolean };
const UNSEEN = { unseen: null, unreadable: false } satisfies Omit<Looked, 'at'>;

/** Read, mark as reviewed, sign: `reviewed` holds for the bytes with this hash and for no others. */
export function ActReview({ act, replaceAct, reload }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const navigation = useNavigation();
  const [view, setView] = useState<PdfView>(FIRST_VIEW);
  const [looked, setLooked] = useState<Looked | null>(null);
  const [jump, setJump] = useState<{ readonly page: number } | null>(null);
  const [hint, setHint] = useState<'read-first' | 'review-first' | null>(null);
  const [asking, setAsking] = useState(false);
  const [deciding, setDeciding] = useState(false);
  const reviewing = useAction();
  const signing = useAction();
  const saving = useAction();
  const {
    document: loaded,
    failure,
    retry,
  } = useDocumentBytes(`act/${act.id}/${act.sha256}/${act.state}`, () => kense().act.open({ id: act.id }));
  const shown = loaded && `${act.id}/${loaded.sha256}`;
  const { unseen, unreadable } = looked !== null && looked.at === shown ? looked : UNSEEN;
  const isDraft = act.state === 'draft';
  /* A draft is signed by its hash: nothing but exactly these bytes may be shown for it. */
  const changed = isDraft && loaded !== null && loaded.sha256 !== act.sha256;
  const readable = loaded !== null && !changed && !unreadable;
  const readWhole = readable && unseen?.length === 0;

  const review = () => {
    if (!isDraft || act.reviewed || !readable) return;
    if (!readWhole) {
      setHint('read-first');
      if (unseen?.[0] !== undefined) setJump({ page: unseen[0] });
      return;
    }
    mark('pages');
  };
  /** `statement`: the judge says so, having read it elsewhere. */
  const mark = (by: 'pages' | 'statement') => {
    setHint(null);
    void reviewing.run(() => kense().act.review({ id: act.id, revision: act.revision, sha256: act.sha256, by }), replaceAct);
  };
  const sign = () => {
    if (!isDraft || !readable) return;
    if (!act.reviewed) {
      setHint(readWhole ? 'review-first' : 'read-first');
      return;
    }
    setAsking(true);
  };
  const signWith = (keyId: string) =>
    void signing.run(
      () => kense().act.sign({ id: act.id, revision: act.revision, sha256: act.sha256, keyId }),
      (signed) => {
        setAsking(false);
        replaceAct(signed);
      },
    );
  const toDispatch = () => navigation.open({ screen: 'dispatch', actId: act.id });
  const dispatchable = !isDraft && !act.setAside;
  useCommands('screen', { 'act.reviewed': review, 'act.sign': sign });
  usePrintKeys({ paper: 'act', id: act.id }, 'screen');
  useCommands('screen', { 'act.dispatch': toDispatch }, { on: dispatchable });

  const title = useActName()(act);
  return (
    <div className={styles.work}>
      <section className={styles.document} aria-label={title} data-pane>
        {failure ? (
          <FailureCard failure={failure} onRetry={retry} />
        ) : changed ? (
          <FailureCard failure={{ code: 'act-changed', next: 'ask-user' }} onRetry={reload} />
        ) : unreadable ? (
          <FailureCard failure={{ code: 'document-unreadable', next: 'ask-user' }} />
        ) : loaded ? (
          <div className={styles.pages}>
            {isDraft && unseen !== null && (
              <PageRail total={act.pages} unseen={unseen} current={view.page} onPage={(page) => setJump({ page })} />
            )}
            <PdfViewer
              key={shown}
              bytes={loaded.bytes}
              label={title}
              lang={act.language}
              view={view}
              onView={setView}
              onProblem={() => setLooked({ at: shown, unseen: null, unreadable: true })}
              onSeen={(missing) => setLooked({ at: shown, unseen: missing, unreadable: false })}
              jump={jump}
              takeFocus
            />
          </div>
        ) : (
          <Loading />
        )}
      </section>
      <aside className={styles.panel} aria-label={t('act.panel')}>
        <header className={styles.header}>
          <div className={styles.head}>
            <h1>{title}</h1>
            <BackButton />
          </div>
          <p className={styles.line}>
            <span lang={act.language}>{[act.claimant, act.respondent].filter((name) => name !== null).join(' – ')}</span>
          </p>
          <p className={styles.chips}>
            {isDraft ? (
              <>
                {act.sentBack ? <SentBackChip /> : <ReviewChip act={act} />}
                <DueChip dueAt={act.dueAt} courtDaysLeft={act.courtDaysLeft} />
              </>
            ) : (
              <ActState state={act.state} setAside={act.setAside} />
            )}
          </p>
        </header>
        <div className={styles.pane} data-pane>
          <ScrollRegion className={styles.body} label={t('act.facts')}>
            <dl className={styles.facts}>
              <dt>{t('filing.caseNumber')}</dt>
              <dd>{act.caseNumber ?? t('state.none')}</dd>
              <dt>{t('filing.incomingNumber')}</dt>
              <dd>{act.incomingNumber}</dd>
              <dt>{t('act.preparedBy')}</dt>
              <dd>
                {act.preparedBy} · {format.dateTime(act.preparedAt)}
              </dd>
              <dt>{t('filing.language')}</dt>
              <dd>{t(`language.${act.language}`)}</dd>
              <dt>{t('act.pages')}</dt>
              <dd>{act.pages}</dd>
              {act.signedAt !== null && (
                <>
                  <dt>{t('act.signedAt')}</dt>
                  <dd>
                    {format.dateTime(act.signedAt)}
                    {act.signedBy !== null && ` · ${act.signedBy}`}
                  </dd>
                </>
              )}
            </dl>
            {isDraft && readable && unseen !== null && (
              <p className={styles.read} role="status">
                <StatusIcon shape={readWhole ? 'ok' : 'unchecked'} size={18} />
                {readWhole ? t('act.readWhole') : t('act.pagesLeft', { pages: unseen.join(', ') })}
              </p>
            )}
            {decisionOf(act.kind) === null ? (
              <FilingActsSection filingId={act.filingId} besideAct={act.id} />
            ) : (
              <DecisionSection filingId={act.filingId} besideAct onForm={setDeciding} />
            )}
            {act.state !== 'draft' && <p className={styles.note}>{t(`act.stateHelp.${act.state}`)}</p>}
            {act.raiseTo && act.level && <p className={styles.note}>{t('act.raising', { reached: act.level, target: act.raiseTo })}</p>}
            <details className={styles.details}>
              <summary>{t('sig.technical')}</summary>
              <dl className={styles.facts}>
                <dt>SHA-256</dt>
                <dd className={styles.hash}>
                  {act.sha256} <CopyButton value={act.sha256} />
                </dd>
                {act.level !== null && (
                  <>
                    <dt>{t('sig.level')}</dt>
                    <dd>PAdES {act.level}</dd>
                  </>
                )}
              </dl>
            </details>
            <Button variant="default" onClick={() => navigation.open({ screen: 'filing', id: act.filingId, neighbours: [] })}>
              {t('act.openFiling')}
            </Button>
            {dispatchable && (
              <Button variant="default" aria-keyshortcuts="D" onClick={toDispatch} rightSection={<KeyCap keys="D" />}>
                {t('dispatch.open')}
              </Button>
            )}
          </ScrollRegion>
        </div>
        {hint && !(hint === 'read-first' && readWhole) && (
          <p className={styles.hint} role="alert">
            {hint === 'read-first' ? t('act.readFirst', { pages: (unseen ?? []).join(', ') }) : t('act.reviewFirst')}
            {hint === 'read-first' && (
              <Button variant="default" size="compact-md" loading={reviewing.busy} onClick={() => mark('statement')}>
                {t('act.stateRead')}
              </Button>
            )}
          </p>
        )}
        {reviewing.failure && <FailureCard failure={reviewing.failure} onRetry={reload} compact />}
        {saving.failure && <FailureCard failure={saving.failure} compact />}
        <div className={styles.actions} role="toolbar" aria-label={t('filing.actions')} data-pane>
          {isDraft ? (
            <>
              <Button
                onClick={sign}
                aria-keyshortcuts={deciding ? undefined : 'Control+Enter'}
                rightSection={deciding ? null : <KeyCap keys="Ctrl+Enter" tone="onPrimary" />}
                data-pane-start
              >
                {t('sign.action')}
              </Button>
              {!act.reviewed && (
                <Button
                  variant="default"
                  loading={reviewing.busy}
                  onClick={review}
                  aria-keyshortcuts="R"
                  rightSection={<KeyCap keys="R" />}
                >
                  {t('act.markReviewed')}
                </Button>
              )}
            </>
          ) : (
            <Button
              variant="default"
              loading={saving.busy}
              leftSection={<Icon name="save" size={18} />}
              onClick={() => void saving.run(() => kense().act.save({ id: act.id }))}
            >
              {t('act.save')}
            </Button>
          )}
          <PrintButton paper={{ paper: 'act', id: act.id }} />
        </div>
      </aside>
      {asking && isDraft && (
        <SignDialog
          acts={[{ ...act, number: numberOf(act) }]}
          busy={signing.busy}
          failure={signing.failure}
          onSign={signWith}
          onClose={() => {
            signing.clear();
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}
