import { useEffect, useState } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import type { useDocumentBytes } from '../documents/use-document-bytes.ts';
import { readPageWords } from './page-texts.ts';
import { differenceOf, type Piece } from './text-difference.ts';
import styles from './difference-dialog.module.css';

type Loaded = ReturnType<typeof useDocumentBytes>;
type Props = {
  readonly before: Loaded;
  readonly after: Loaded;
  /** Of the text that is compared. */
  readonly language: 'kk' | 'ru';
  readonly label: string;
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

/** What the later of two PDF files has lost and gained, page by page, by the words that the files hold. */
export function PageDifferences({ before, after, language, label }: Props) {
  const { t } = useTexts();
  const [pages, setPages] = useState<Pages | 'unreadable' | null>(null);
  const [old, now] = [before.document?.bytes, after.document?.bytes];
  useEffect(() => {
    if (!old || !now) return;
    let wanted = true;
    void compare(old, now).then((found) => wanted && setPages(found ?? 'unreadable'));
    return () => {
      wanted = false;
    };
  }, [old, now]);
  const failure = before.failure ?? after.failure;
  if (failure) return <FailureCard failure={failure} onRetry={before.failure ? before.retry : after.retry} />;
  if (pages === 'unreadable') return <FailureCard failure={{ code: 'document-unreadable', next: 'ask-user' }} />;
  if (pages === null) return <Loading />;
  return (
    <ScrollRegion className={styles.pages} label={label}>
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
