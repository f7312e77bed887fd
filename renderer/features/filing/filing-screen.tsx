import { ActionIcon } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FilingDetail } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSession } from '../../app/session-context.tsx';
import type { InList } from '../../app/route.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { DocumentTabs, MOST_TABS } from '../documents/document-tabs.tsx';
import { DocumentView } from '../documents/document-view.tsx';
import { FIRST_VIEW, type PdfView } from '../documents/pdf/pdf-viewer.tsx';
import type { Jump } from './comparison-section.tsx';
import { tearOff, tellTorn } from '../documents/torn.ts';
import { FilingPanel } from './filing-panel.tsx';
import { PanelDivider, usePanelWidth } from './panel-divider.tsx';
import { useNeighbours } from './use-neighbours.ts';
import { WipedFiling } from './wiped-filing.tsx';
import styles from './filing-screen.module.css';

type Props = { readonly id: string; readonly neighbours: readonly string[]; readonly inList: InList | undefined };

/** One filing: its documents on the left, the work on them on the right, the decision below; nothing covers the document. */
export function FilingScreen({ id, neighbours, inList }: Props) {
  const { t } = useTexts();
  const root = useRef<HTMLDivElement>(null);
  const answer = useAnswer(`filing:${id}`, () => kense().filing.get({ id }));
  useEvent('workChanged', ({ filingIds }) => {
    if (filingIds.includes(id)) void answer.reload();
  });
  /* Whoever leaves a filing lets another desk have it; a core that has stopped or been locked has let go of it already. */
  useEffect(
    () => () =>
      void kense()
        .filing.close({ id })
        .catch(() => undefined),
    [id],
  );
  /* Keys work from the first moment, before the document is drawn and takes the focus. */
  useEffect(() => root.current?.focus({ preventScroll: true }), [id]);

  useNeighbours({ id, neighbours, inList });

  return (
    <div ref={root} className={styles.screen} tabIndex={-1} data-single-keys="self" data-focus-rest>
      {answer.value && answer.value.wipedAt !== null ? (
        <WipedFiling filing={answer.value} wipedAt={answer.value.wipedAt} />
      ) : answer.value ? (
        <Workspace
          key={id}
          filing={answer.value}
          neighbours={neighbours}
          inList={inList}
          replaceFiling={answer.replace}
          reload={answer.reload}
        />
      ) : answer.failure ? (
        <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} />
      ) : (
        <>
          <h1 className="visually-hidden">{t('state.loading')}</h1>
          <Loading />
        </>
      )}
    </div>
  );
}

type WorkspaceProps = {
  readonly filing: FilingDetail;
  readonly neighbours: readonly string[];
  readonly inList: InList | undefined;
  readonly replaceFiling: (filing: FilingDetail) => void;
  readonly reload: () => Promise<void>;
};

function Workspace({ filing, neighbours, inList, replaceFiling, reload }: WorkspaceProps) {
  const { t } = useTexts();
  const [documentId, setDocumentId] = useState<string | null>(filing.documents[0]?.id ?? null);
  const [views, setViews] = useState<Readonly<Record<string, PdfView>>>({});
  const [side, setSide] = useState<'document' | 'panel'>('document');
  const width = usePanelWidth();
  const area = useRef<HTMLDivElement>(null);
  const doc = filing.documents.find((d) => d.id === documentId) ?? filing.documents[0] ?? null;
  const view = (doc && views[doc.id]) ?? FIRST_VIEW;

  const moveDocument = (by: 1 | -1) => {
    const at = filing.documents.findIndex((d) => d.id === doc?.id);
    const next = filing.documents[at + by];
    if (next) {
      area.current?.focus({ preventScroll: true });
      setDocumentId(next.id);
    }
  };
  const [jump, setJump] = useState<Jump | null>(null);
  const goTo = (to: Jump) => {
    setViews((old) => ({ ...old, [to.documentId]: { ...(old[to.documentId] ?? FIRST_VIEW), page: to.page } }));
    setJump({ ...to });
    setDocumentId(to.documentId);
    setSide('document');
  };
  const openDocument = (id: string) => {
    setDocumentId(id);
    setSide('document');
  };
  useCommands('screen', { 'document.next': () => moveDocument(1), 'document.previous': () => moveDocument(-1) });

  const { activeRole } = useSession();
  const { go } = useNavigation();
  const adding = useAction();
  const mayAdd = activeRole === 'secretary';
  const addPaper = () =>
    void adding.run(
      () => kense().paper.begin({ filingId: filing.id }),
      (work) => go({ screen: 'scan', id: work.id }),
    );
  useCommands('screen', { 'filing.add-paper': addPaper }, { on: mayAdd });

  const tearing = useAction();
  const shownId = doc?.id ?? null;
  useEffect(() => {
    if (shownId !== null) tellTorn({ filingId: filing.id, documentId: shownId });
  }, [filing.id, shownId]);

  const panelId = 'document-panel';
  return (
    <div className={styles.work} data-side={side} style={{ ['--panel-width' as string]: `${width.rem}rem` }}>
      <div className={styles.sides} role="group" aria-label={t('filing.sides')}>
        <button type="button" aria-pressed={side === 'document'} onClick={() => setSide('document')}>
          {t('filing.documents')}
        </button>
        <button type="button" aria-pressed={side === 'panel'} onClick={() => setSide('panel')}>
          {t('filing.work')}
        </button>
      </div>
      <section className={styles.documents} aria-label={t('filing.documents')} data-pane>
        {adding.failure && <FailureCard failure={adding.failure} compact onClose={adding.clear} />}
        {doc ? (
          <>
            <div className={styles.documentBar}>
              <DocumentTabs
                documents={filing.documents}
                annexes={filing.annexes}
                currentId={doc.id}
                onSelect={setDocumentId}
                panelId={panelId}
                lang={filing.language}
              />
              {mayAdd && <AddPaperButton busy={adding.busy} onAdd={addPaper} />}
              <ActionIcon
                variant="default"
                className={styles.tearOff}
                aria-label={t('torn.open')}
                title={t('torn.open')}
                loading={tearing.busy}
                onClick={() => void tearing.run(() => tearOff({ filingId: filing.id, documentId: doc.id }))}
              >
                <Icon name="window" size={16} />
              </ActionIcon>
            </div>
            <div
              ref={area}
              id={panelId}
              role={filing.documents.length > MOST_TABS ? 'group' : 'tabpanel'}
              aria-label={doc.title || doc.fileName}
              className={styles.area}
              tabIndex={-1}
              data-single-keys="self"
              data-focus-rest
            >
              <DocumentView
                key={`${doc.id}:${doc.state}:${doc.sha256}`}
                filingId={filing.id}
                doc={doc}
                lang={filing.language}
                view={view}
                onView={(next) => setViews((old) => ({ ...old, [doc.id]: next }))}
                jump={jump?.documentId === doc.id ? jump : null}
                takeFocus
              />
            </div>
          </>
        ) : (
          <>
            <p className={styles.none}>{t('sig.noDocuments')}</p>
            {mayAdd && <AddPaperButton busy={adding.busy} onAdd={addPaper} />}
          </>
        )}
      </section>
      <PanelDivider width={width} />
      <FilingPanel
        filing={filing}
        neighbours={neighbours}
        inList={inList}
        page={doc?.contentType === 'pdf' && doc.state === 'stored' ? view.page : null}
        replaceFiling={replaceFiling}
        reload={reload}
        onOpenDocument={openDocument}
        onJump={goTo}
        onShowPanel={() => setSide('panel')}
      />
    </div>
  );
}

function AddPaperButton({ busy, onAdd }: { readonly busy: boolean; readonly onAdd: () => void }) {
  const { t } = useTexts();
  return (
    <ActionIcon
      variant="default"
      className={styles.tearOff}
      aria-label={t('annex.begin')}
      title={`${t('annex.begin')} (B)`}
      loading={busy}
      onClick={onAdd}
    >
      <Icon name="plus" size={16} />
    </ActionIcon>
  );
}
