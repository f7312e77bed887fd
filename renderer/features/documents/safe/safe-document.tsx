import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { DocumentView as Doc } from '../../../../shared/contract/index.ts';
import { kense } from '../../../api/kense.ts';
import { useAction } from '../../../api/use-action.ts';
import { useAnswer } from '../../../api/use-answer.ts';
import { useCommands } from '../../../app/keys/use-commands.ts';
import { useTexts } from '../../../i18n/use-texts.ts';
import { FailureCard } from '../../../ui/failure-card.tsx';
import { focusAtRest } from '../../../ui/focus-at-rest.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { ScrollRegion } from '../../../ui/scroll-region.tsx';
import { DocumentNotice } from '../document-notice.tsx';
import { FindBar } from '../pdf/find-bar.tsx';
import { SafeBlocks } from './safe-blocks.tsx';
import { useFindInBlocks } from './use-find-in-blocks.ts';
import styles from './safe-document.module.css';

type Props = { readonly filingId: string; readonly doc: Doc; readonly lang: string; readonly takeFocus: boolean };

/** The text and the tables of an office document. It says what it leaves out, and what the file carries besides. */
export function SafeDocument({ filingId, doc, lang, takeFocus }: Props) {
  const { t, named, has } = useTexts();
  const saving = useAction();
  const region = useRef<HTMLDivElement>(null);
  const answer = useAnswer(`document:${filingId}:${doc.id}:${doc.sha256}`, () => kense().document.read({ filingId, documentId: doc.id }));
  const shown = answer.value;
  const [finding, setFinding] = useState(false);
  const find = useFindInBlocks(shown?.blocks ?? null, finding, region);
  const closeFind = () => {
    setFinding(false);
    find.setQuery('');
    region.current?.focus();
  };
  useCommands('screen', { 'document.find': () => setFinding(true) }, { on: shown !== null });
  useEffect(() => {
    if (takeFocus && shown) focusAtRest(region.current);
  }, [takeFocus, shown]);

  if (answer.failure) {
    const reason = String(answer.failure.params?.['reason']);
    return answer.failure.code === 'document-unreadable' && has(`document.unreadable.${reason}`) ? (
      <DocumentNotice
        filingId={filingId}
        doc={doc}
        notice={{
          shape: 'warn',
          title: t(reason === 'encrypted' ? 'document.encrypted.title' : 'document.unreadable.title'),
          body: named('document.unreadable', reason),
          canSave: true,
        }}
        takeFocus={takeFocus}
      />
    ) : (
      <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} />
    );
  }
  if (!shown) return <Loading />;
  return (
    <div className={styles.viewer}>
      <div className={styles.bar}>
        <p className={styles.note}>{t('document.safeView')}</p>
        <ActionIcon variant="default" aria-label={t('viewer.find')} title={`${t('viewer.find')} (Ctrl+F)`} onClick={() => setFinding(true)}>
          <Icon name="search" size={16} />
        </ActionIcon>
        <Button
          variant="default"
          leftSection={<Icon name="save" size={16} />}
          loading={saving.busy}
          onClick={() => void saving.run(() => kense().document.save({ filingId, documentId: doc.id }))}
        >
          {t('document.save')}
        </Button>
      </div>
      {finding && <FindBar find={find} onClose={closeFind} />}
      {saving.failure && <FailureCard failure={saving.failure} compact />}
      <ScrollRegion ref={region} className={styles.room} label={t('viewer.document', { title: doc.title || doc.fileName })}>
        {(shown.warnings.length > 0 || shown.cut) && (
          <div className={styles.warnings} role="note">
            <ul>
              {shown.warnings.map((warning) => (
                <li key={warning}>{t(`document.warning.${warning}`)}</li>
              ))}
              {shown.cut && <li>{t('document.cut')}</li>}
            </ul>
            {shown.warnings.length > 0 && <p>{t('document.saveWarning')}</p>}
          </div>
        )}
        <div className={styles.paper} lang={lang}>
          {shown.blocks.length === 0 ? (
            <p className={styles.picture}>{t('document.noText')}</p>
          ) : (
            <SafeBlocks blocks={shown.blocks} reveal={find.selected?.unit ?? null} />
          )}
        </div>
      </ScrollRegion>
    </div>
  );
}
