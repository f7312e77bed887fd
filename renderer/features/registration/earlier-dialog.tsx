import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ComparedDocument, EarlierFiling, EarlierRemark, FilingDetail } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import type { TextKey } from '../../i18n/text-key.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { PageDifferences } from '../acts/page-differences.tsx';
import { useDocumentBytes } from '../documents/use-document-bytes.ts';
import { NoticeText } from '../filing/notice-preview.tsx';
import { sayArticle } from '../filing/say-article.ts';
import styles from './earlier-dialog.module.css';

type Props = { readonly filing: FilingDetail; readonly earlier: EarlierFiling; readonly onClose: () => void };

/** The remarks on the filing that was sent back and what became of each, and everything that its sender has changed since. */
export function EarlierDialog({ filing, earlier, onClose }: Props) {
  const { t, named, has } = useTexts();
  const format = useFormat();
  const navigation = useNavigation();
  const [compared, setCompared] = useState<ComparedDocument | null>(null);
  const start = useRef<HTMLDivElement>(null);
  const back = () => (compared ? setCompared(null) : onClose());
  useCommands('dialog', { 'app.back': back, 'filing.earlier': () => {} }, { blocks: true });
  useEffect(() => {
    if (!compared) start.current?.focus();
  }, [compared]);
  if (compared) return <WordsDialog filing={filing} earlier={earlier} document={compared} onClose={back} />;
  /* A member that a newer cabinet fills in has no words here yet. */
  const fieldName = (field: string) => {
    const key = `earlier.field.${field}`;
    return has(key) ? t(key as TextKey) : field;
  };
  return (
    <Dialog title={t('earlier.title', { number: earlier.cabinetNumber })} onClose={onClose} tall>
      <ScrollRegion ref={start} className={styles.body} label={t('earlier.title', { number: earlier.cabinetNumber })}>
        <p>
          {t(`status.${earlier.state}`)}
          {earlier.ruling && ` · ${named('act.kind', earlier.ruling.kind)}, ${format.dateTime(earlier.ruling.signedAt)}`}
          {` · ${t(earlier.named ? 'earlier.named' : 'earlier.found')}`}
          {earlier.attempts > 1 && ` · ${t('earlier.attempts', { count: earlier.attempts })}`}
        </p>
        <section>
          <h3>{t('earlier.remarks')}</h3>
          {earlier.remarks.length === 0 && <p className={styles.none}>{t('earlier.noRemarks')}</p>}
          <ul className={styles.list}>
            {earlier.remarks.map((remark) => (
              <Remark key={remark.code} remark={remark} fieldName={fieldName} />
            ))}
          </ul>
        </section>
        {earlier.notice && (
          <details>
            <summary>{t('defects.notice')}</summary>
            <NoticeText notice={earlier.notice} />
          </details>
        )}
        <section>
          <h3>{t('earlier.fields')}</h3>
          {earlier.fields.length === 0 ? (
            <p className={styles.none}>{t('earlier.noFields')}</p>
          ) : (
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('earlier.colField')}</th>
                  <th scope="col">{t('earlier.colBefore')}</th>
                  <th scope="col">{t('earlier.colNow')}</th>
                </tr>
              </thead>
              <tbody>
                {earlier.fields.map(({ field, before, after }, at) => (
                  <tr key={at}>
                    <th scope="row">{fieldName(field)}</th>
                    <td lang={filing.language}>{before ?? t('state.none')}</td>
                    <td lang={filing.language}>{after ?? t('state.none')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
        <section>
          <h3>{t('earlier.documents')}</h3>
          <ul className={styles.list}>
            {earlier.documents.map((document, at) => (
              <li key={at} className={styles.document}>
                <Chip tone={TONE[document.change]}>{t(`earlier.change.${document.change}`)}</Chip>
                <span lang={filing.language} className={styles.name}>
                  {document.title}
                </span>
                {document.words && (
                  <Button variant="default" size="compact-md" onClick={() => setCompared(document)}>
                    {t('earlier.compare')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      </ScrollRegion>
      <div className={styles.actions}>
        <Button
          variant="default"
          onClick={() => {
            onClose();
            navigation.open({ screen: 'filing', id: earlier.id, neighbours: [] });
          }}
        >
          {t('earlier.open')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </Dialog>
  );
}

const TONE = { same: 'none', 'signed-anew': 'info', changed: 'info', added: 'info', gone: 'warn' } as const;

function Remark({ remark, fieldName }: { readonly remark: EarlierRemark; readonly fieldName: (field: string) => string }) {
  const { t, language } = useTexts();
  const changed = [...remark.fields.map(fieldName), ...remark.documents.map((title) => `«${title}»`)];
  const isDefect = remark.article !== remark.code;
  return (
    <li className={styles.remark}>
      <Chip shape={remark.outcome === 'same' ? 'warn' : remark.outcome === 'changed' ? 'info' : 'unchecked'}>
        {t(`earlier.outcome.${remark.outcome}`)}
      </Chip>
      <p>
        {language === 'kk' ? remark.nameKk : remark.nameRu}
        <span className={styles.article}> {isDefect ? sayArticle(remark.article, language) : remark.article}</span>
      </p>
      {remark.note !== null && <p className={styles.quote}>{remark.note}</p>}
      {changed.length > 0 && <p className={styles.none}>{t('earlier.changedList', { list: [...new Set(changed)].join(', ') })}</p>}
    </li>
  );
}

function WordsDialog({ filing, earlier, document, onClose }: Props & { readonly document: ComparedDocument }) {
  const { t } = useTexts();
  const open = (filingId: string, documentId: string | null) => () => kense().document.open({ filingId, documentId: documentId ?? '' });
  const before = useDocumentBytes(`earlier/${document.before}`, open(earlier.id, document.before));
  const after = useDocumentBytes(`earlier/${document.after}`, open(filing.id, document.after));
  const title = t('earlier.wordsOf', { title: document.title });
  return (
    <Dialog title={title} onClose={onClose} tall>
      <PageDifferences before={before} after={after} language={filing.language} label={title} />
    </Dialog>
  );
}
