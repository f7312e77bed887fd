import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/use-texts.ts';
import type { OpenPdf } from './open-pdf.ts';
import { seenRows } from './seen-rows.ts';
import { turn, type Rotation } from './page-layout.ts';
import styles from './thumbnails.module.css';

type Props = {
  readonly pdf: OpenPdf;
  readonly rotation: Rotation;
  readonly page: number;
  readonly onPage: (page: number) => void;
};

/** CSS pixels of one place in the strip, and of the picture in it. */
const ROW = 156;
const PICTURE = { width: 96, height: 124 };

/** Small pictures of the pages; only those in view and their neighbours are drawn. */
export function Thumbnails({ pdf, rotation, page, onPage }: Props) {
  const { t } = useTexts();
  const strip = useRef<HTMLElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(0);
  const total = pdf.sizes.length;

  useLayoutEffect(() => {
    const element = strip.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setHeight(element.clientHeight));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const place = (page - 1) * ROW;
    if (place < element.scrollTop || place + ROW > element.scrollTop + element.clientHeight)
      element.scrollTop = place - (element.clientHeight - ROW) / 2;
  }, [page, height]);

  const { first, last } = seenRows({ top, height, row: ROW, total });
  const numbers = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i + 1);
  return (
    <nav ref={strip} className={styles.strip} aria-label={t('viewer.pages')} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <ul className={styles.pages} style={{ height: total * ROW }}>
        {numbers.map((number) => (
          <li key={number} className={styles.place} style={{ top: (number - 1) * ROW }} aria-setsize={total} aria-posinset={number}>
            <button
              type="button"
              className={styles.page}
              aria-current={number === page ? 'page' : undefined}
              aria-label={t('viewer.page', { page: number, total })}
              onClick={() => onPage(number)}
            >
              <Picture pdf={pdf} number={number} rotation={rotation} />
              <span aria-hidden="true">{number}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Picture({ pdf, number, rotation }: { readonly pdf: OpenPdf; readonly number: number; readonly rotation: Rotation }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let stopped = false;
    let stop = () => {};
    void (async () => {
      const page = await pdf.page(number);
      if (stopped) return;
      const upright = page.getViewport({ scale: 1 });
      const { width, height } = turn(upright, rotation);
      const scale = Math.min(PICTURE.width / width, PICTURE.height / height);
      const viewport = page.getViewport({ scale, rotation: (page.rotate + rotation) % 360 });
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      canvas.setAttribute('aria-hidden', 'true');
      const drawing = page.render({ canvas, viewport });
      stop = () => drawing.cancel();
      await drawing.promise.catch(() => undefined);
      if (!stopped) place.current?.replaceChildren(canvas);
    })();
    return () => {
      stopped = true;
      stop();
    };
  }, [pdf, number, rotation]);
  return <span ref={place} className={styles.picture} />;
}
