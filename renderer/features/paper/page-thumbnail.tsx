import { useEffect, useRef, useState } from 'react';
import type { PaperPageView } from '../../../shared/contract/index.ts';
import type { PlacedPage } from '../../../shared/domain/paper-pages.ts';
import { kense, settle } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './pages.module.css';

/** A small picture of a page as it is placed; a page of a PDF is a sheet with its number. */
export function PageThumbnail({
  workId,
  page,
  placed,
}: {
  readonly workId: string;
  readonly page: PaperPageView;
  readonly placed: PlacedPage;
}) {
  const { t } = useTexts();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [broken, setBroken] = useState(false);
  const { id, turn, straighten } = placed;
  const isPicture = page.source === 'picture';
  useEffect(() => {
    if (!isPicture) return;
    let wanted = true;
    void settle(kense().paper.thumbnail({ id: workId, pageId: id, turn, straighten })).then(async (drawn) => {
      if (!wanted) return;
      const bitmap = drawn.ok ? await createImageBitmap(jpegOf(drawn.value.jpeg)).catch(() => null) : null;
      const target = canvas.current;
      if (!wanted || !target) return;
      setBroken(bitmap === null);
      if (!bitmap) return;
      [target.width, target.height] = [bitmap.width, bitmap.height];
      target.getContext('2d')?.drawImage(bitmap, 0, 0);
      bitmap.close();
    });
    return () => {
      wanted = false;
    };
  }, [workId, id, turn, straighten, isPicture]);
  if (!isPicture || broken)
    return (
      <span className={styles.sheet} aria-hidden="true">
        <Icon name={broken ? 'damaged' : 'paper'} size={32} />
        {isPicture ? '' : t('paper.pdfPage', { number: String(page.page + 1) })}
      </span>
    );
  return <canvas ref={canvas} className={styles.picture} aria-hidden="true" />;
}

function jpegOf(base64: string): Blob {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new Blob([bytes], { type: 'image/jpeg' });
}
