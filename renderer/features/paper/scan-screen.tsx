import { Button } from '@mantine/core';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import { useAction } from '../../api/use-action.ts';
import { useEvent } from '../../api/use-event.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useKeeping } from '../../app/use-keeping.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { AnnexBar } from './annex-bar.tsx';
import { AnnexTargetLine } from './annex-target.tsx';
import { PageList } from './page-list.tsx';
import { ScanBar } from './scan-bar.tsx';
import { useArrangement } from './use-arrangement.ts';
import { DropRoom } from './drop-room.tsx';
import { useDroppedFiles } from './use-dropped-files.ts';
import { usePaperWork } from './use-paper-work.ts';
import { WorkPicker } from './work-picker.tsx';
import paper from './paper.module.css';
import styles from './pages.module.css';

/** Paper becomes pages, and pages become the documents of a filing. */
export function ScanScreen({ id }: { readonly id: string | null }) {
  const { t } = useTexts();
  const work = usePaperWork(id, 'scan');
  useEvent('paperChanged', (changed) => {
    if (changed.id === work.value?.id) void work.reload();
  });
  return (
    <section className={paper.screen} aria-label={t('nav.scan')} data-pane>
      {work.failure && <FailureCard failure={work.failure} onRetry={() => void work.reload()} compact={work.value !== null} />}
      {work.value ? (
        <Scanning key={work.value.id} work={work.value} onWork={work.replace} reload={work.reload} />
      ) : (
        !work.failure && <Loading />
      )}
    </section>
  );
}

type Props = { readonly work: PaperWorkView; readonly onWork: (work: PaperWorkView) => void; readonly reload: () => Promise<void> };

function Scanning({ work, onWork, reload }: Props) {
  const { t } = useTexts();
  const { go } = useNavigation();
  const bringing = useAction();
  const keepingName = useKeeping(`${work.id} ${work.annexTo?.filingId ?? ''}`);
  const dropped = useDroppedFiles(work.id, onWork);
  const { arrangement, failure, arrange, undo, clear } = useArrangement(work, onWork, reload);
  const toForm = () => go({ screen: 'counter', id: work.id });
  useCommands('screen', { 'paper.undo': undo });
  useCommands('screen', { 'filing.register': toForm }, { on: work.annexTo === null });
  const pages = arrangement.documents.reduce((sum, document) => sum + document.pages.length, 0);
  return (
    <>
      <WorkPicker work={work} screen="scan" />
      <AnnexTargetLine work={work} onWork={onWork} onDirect={keepingName.forget} />
      <ScanBar workId={work.id} bringing={bringing} onWork={onWork} />
      {bringing.failure && <FailureCard failure={bringing.failure} compact onClose={bringing.clear} />}
      {failure && <FailureCard failure={failure} compact onClose={clear} />}
      <DropRoom dropped={dropped}>
        <ScrollRegion label={t('paper.pages')} className={styles.room}>
          {pages === 0 && arrangement.dropped.length === 0 ? (
            <p className={styles.empty}>{t('paper.noPages')}</p>
          ) : (
            <PageList work={work} arrangement={arrangement} onArrange={arrange} />
          )}
        </ScrollRegion>
      </DropRoom>
      {work.annexTo === null ? (
        <div className={paper.bar}>
          <p className={styles.count} role="status">
            {t('paper.count', { documents: String(arrangement.documents.length), pages: String(pages) })}
          </p>
          <p className={styles.keys} aria-hidden="true">
            {t('paper.keysHint')}
          </p>
          <Button onClick={toForm} aria-keyshortcuts="Control+Enter" rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}>
            {t('paper.toForm')}
          </Button>
        </div>
      ) : (
        <AnnexBar key={work.annexTo.filingId} work={work} target={work.annexTo} pages={pages} keeping={keepingName} />
      )}
    </>
  );
}
