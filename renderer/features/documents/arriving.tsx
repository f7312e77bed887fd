import { useEffect } from 'react';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';

const ASK_MS = 1_000;

/** How much of a document has come so far. */
export function Arriving({ filingId, documentId }: { readonly filingId: string; readonly documentId: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const answer = useAnswer(`progress:${filingId}`, () => kense().document.progress({ filingId }));
  const { reload } = answer;
  useEffect(() => {
    const timer = setInterval(() => void reload(), ASK_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const progress = answer.value?.find((d) => d.documentId === documentId);
  if (!progress || progress.size === 0) return null;
  const said = t('document.received', { received: format.size(progress.received), size: format.size(progress.size) });
  return (
    <>
      <progress value={progress.received} max={progress.size} aria-label={said} />
      <p>{said}</p>
    </>
  );
}
