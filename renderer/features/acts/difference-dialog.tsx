import { useEffect, useState } from 'react';
import type { ActVersionView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { useDocumentBytes } from '../documents/use-document-bytes.ts';
import { readPageWords } from './page-texts.ts';
import { differenceOf, type Piece } from './text-difference.ts';
import styles from './difference-dialog.module.css';

type Props = {
  readonly actId: string;
  readonly before: ActVersionView;
  readonly after: ActVersionView;
  readonly language: 'kk' | 'ru';
  readonly onClose: () => void;
};
/** Pages whose words are the same have no pieces. */
type Pages = readonly { readonly page: number; readonly pieces: readonly Piece[] }[];

async function compare(before: Uint8Array, after: Uint8Array): Promise<Pages | null> {
  const [old, now] = [await readPageWords(before), await readPageWords(after)];
  if (old === null || now === null) return null;
  return Array.from({ length: Math.max(old.length, now.length) }, (_, at) => {
    const pieces = differenceOf(old[at] ?? [], now[at] ?? []);
    return { page: at + 1, pieces: pieces.every(({ kind }) => kind === 'same') ? [] : pieces };
  });
}

/** What the later text has lost and gained against the earlier one, page by page, by the words that the files hold. */
export function DifferenceDialog({ actId, before, after, language, onClose }: Props) {
  const { t } = useTexts();
  const open = (number: number) => () => kense().act.openVersion({ id: actId, number });
  const earlier = useDocumentBytes(`version/${actId}/${before.number}`, open(before.number));
  const later = useDocumentBytes(`version/${actId}/${after.number}`, open(after.number));
  const [pages, setPages] = useState<Pages | 'unreadable' | null>(null);
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const [old, now] = [earlier.document?.bytes, later.document?.bytes];
  useEffect(() => {
    if (!old || !now) return;
    let wanted = true;
    void compare(old, now).then((found) => wanted && setPages(found ?? 'unreadable'));
    return () => {
      wanted = false;
    };
  }, [old, now]);
  const failure = earlier.failure ?? later.failure;
  const title = t('versions.between', { before: before.number, after: after.number });
  return (
    <Dialog title={title} onClose={onClose} tall>
      {failure ? (
        <FailureCard failure={failure} onRetry={earlier.failure ? earlier.retry : later.retry} />
      ) : pages === 'unreadable' ? (
        <FailureCard failure={{ code: 'document-unreadable', next: 'ask-user' }} />
      ) : pages === null ? (
        <Loading />
      ) : (
        <ScrollRegion className={styles.pages} label={title}>
          {pages.map(({ page, pieces }) => (
            <section key={page} aria-label={t('versions.page', { page })}>
              <h3>{t('versions.page', { page })}</h3>
              {pieces.length === 0 ? (
                <p className={styles.same}>{t('versions.samePage')}</p>
              ) : (
                <p lang={language} className={styles.text}>
                  {pieces.map(({ kind, words }, at) => (
                    <PieceText key={at} kind={kind} text={words.join(' ')} />
                  ))}
                </p>
              )}
            </section>
          ))}
        </ScrollRegion>
      )}
    </Dialog>
  );
}

/** Not by colour alone: what is gone is struck through, what is new underlined, and both are said. */
function PieceText({ kind, text }: { readonly kind: Piece['kind']; readonly text: string }) {
  const { t } = useTexts();
  if (kind === 'same') return <>{`${text} `}</>;
  const Mark = kind === 'gone' ? 'del' : 'ins';
  return (
    <>
      <Mark>
        <span className="visually-hidden">{t(`versions.${kind}`)} </span>
        {text}
      </Mark>{' '}
    </>
  );
}
