import { ActionIcon, Button } from '@mantine/core';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useCommands, type KeyLevel } from '../../../app/keys/use-commands.ts';
import { useTexts } from '../../../i18n/use-texts.ts';
import { focusAtRest } from '../../../ui/focus-at-rest.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { ScrollRegion } from '../../../ui/scroll-region.tsx';
import { FindBar } from './find-bar.tsx';
import { openPdf, type OpenPdf, type PdfProblem } from './open-pdf.ts';
import { ACTUAL_SIZE, layOutPages, pageAt, pageKeyTarget, pagesToDraw, stepZoom, type Rotation, type Zoom } from './page-layout.ts';
import { PdfPage } from './pdf-page.tsx';
import { Thumbnails } from './thumbnails.tsx';
import { trackReadPages } from './read-pages.ts';
import { useFind } from './use-find.ts';
import styles from './pdf-viewer.module.css';

/** Kept per document, so that coming back finds the same page at the same size. */
export type PdfView = { readonly page: number; readonly zoom: Zoom; readonly rotation: Rotation };
export const FIRST_VIEW: PdfView = { page: 1, zoom: 'fit', rotation: 0 };

type Props = {
  readonly bytes: Uint8Array;
  readonly label: string;
  readonly lang: string;
  readonly view: PdfView;
  readonly onView: (view: PdfView) => void;
  readonly onProblem: (problem: PdfProblem) => void;
  /** Called when another page has been before the eyes whole and for a second: which are missing, of how many. */
  readonly onSeen?: (missing: readonly number[], total: number) => void;
  /** A new object here scrolls to its page and looks for its words. */
  readonly jump?: { readonly page: number; readonly find?: string } | null;
  readonly keyLevel?: KeyLevel;
  readonly takeFocus?: boolean;
};

const PAGES_ALIVE = 7;
/** How often it is noted what is before the eyes while nothing moves. */
const LOOK_MS = 250;

export function PdfViewer({
  bytes,
  label,
  lang,
  view,
  onView,
  onProblem,
  onSeen,
  jump = null,
  keyLevel = 'screen',
  takeFocus = false,
}: Props) {
  const { t } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  const [scrollTop, setScrollTop] = useState(0);
  const [finding, setFinding] = useState(false);
  const [thumbnails, setThumbnails] = useState(false);
  const { zoom, rotation } = view;

  const handlers = useRef({ onView, onProblem, onSeen, view });
  useLayoutEffect(() => {
    handlers.current = { onView, onProblem, onSeen, view };
  });

  useEffect(() => {
    let opened: OpenPdf | null = null;
    let stopped = false;
    void openPdf(bytes).then((answer) => {
      if (typeof answer === 'string') {
        if (!stopped) handlers.current.onProblem(answer);
      } else if (stopped) answer.close();
      else {
        opened = answer;
        setPdf(answer);
      }
    });
    return () => {
      stopped = true;
      opened?.close();
      setPdf(null);
    };
  }, [bytes]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  const layout = useMemo(() => layOutPages(pdf?.sizes ?? [], zoom, rotation, room.width), [pdf, zoom, rotation, room.width]);
  const total = pdf?.sizes.length ?? 0;
  const page = total === 0 ? view.page : pageAt(layout, scrollTop, room.height);

  const scrollTo = useCallback((top: number) => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = top;
    setScrollTop(element.scrollTop);
  }, []);
  const goToPage = (number: number) => {
    const place = layout.pages[Math.max(1, Math.min(total, number)) - 1];
    if (place) scrollTo(place.top - 12);
  };

  /* Opening, turning and zooming keep the page that was being read. */
  const anchor = useRef(view.page);
  const settled = useRef<{ readonly pdf: OpenPdf | null; readonly scale: number; readonly rotation: number }>({
    pdf: null,
    scale: 0,
    rotation: 0,
  });
  useLayoutEffect(() => {
    const old = settled.current;
    if (!pdf || room.width === 0 || (old.pdf === pdf && old.scale === layout.scale && old.rotation === rotation)) return;
    settled.current = { pdf, scale: layout.scale, rotation };
    const place = layout.pages[anchor.current - 1];
    if (place) scrollTo(anchor.current === 1 ? 0 : place.top - 12);
  }, [pdf, layout, rotation, room.width, scrollTo]);
  useEffect(() => {
    if (!pdf) return;
    anchor.current = page;
    if (handlers.current.view.page !== page) handlers.current.onView({ ...handlers.current.view, page });
  }, [pdf, page]);

  const drawn = useRef(new Set<number>());
  const seen = useMemo(() => trackReadPages(total), [total]);
  const noteSeen = useCallback(() => {
    const element = scroller.current;
    const report = handlers.current.onSeen;
    if (!element || !report || total === 0) return;
    const from = element.scrollTop;
    const to = from + element.clientHeight;
    const inView = layout.pages
      .filter((place) => place.top <= to && place.top + place.height >= from && drawn.current.has(place.number))
      .map((place) => ({ page: place.number, from: (from - place.top) / place.height, to: (to - place.top) / place.height }));
    const news = seen.see(document.visibilityState === 'visible' ? inView : [], performance.now());
    if (news) report(seen.missing(), total);
  }, [layout, seen, total]);
  useEffect(noteSeen, [noteSeen, scrollTop]);
  const watched = onSeen !== undefined;
  useEffect(() => {
    if (!watched || total === 0) return;
    const timer = setInterval(() => (seen.missing().length === 0 ? clearInterval(timer) : noteSeen()), LOOK_MS);
    return () => clearInterval(timer);
  }, [watched, total, seen, noteSeen]);
  useEffect(() => {
    drawn.current = new Set();
    if (total > 0) handlers.current.onSeen?.(seen.missing(), total);
  }, [seen, total]);

  const find = useFind(pdf, () => anchor.current);
  const [jumped, setJumped] = useState<Props['jump']>(null);
  if (jump !== jumped) {
    setJumped(jump);
    if (jump?.find !== undefined) {
      setFinding(true);
      find.setQuery(jump.find);
    }
  }
  const target = find.selected;
  useEffect(() => {
    if (target && target.page !== anchor.current) goToPage(target.page);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a newly selected match moves the page, not scrolling or zooming
  }, [target]);
  useEffect(() => {
    if (!jump) return;
    goToPage(jump.page);
    anchor.current = jump.page;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a new request moves the page
  }, [jump]);

  useEffect(() => {
    if (takeFocus && pdf) focusAtRest(scroller.current);
  }, [takeFocus, pdf]);

  const setZoom = (next: Zoom) => onView({ ...view, page, zoom: next });
  const turnRight = () => onView({ ...view, page, rotation: ((rotation + 90) % 360) as Rotation });
  const closeFind = () => {
    setFinding(false);
    find.setQuery('');
    scroller.current?.focus();
  };
  const pageKey = (step: 1 | -1) => {
    const element = scroller.current;
    if (!element || (document.activeElement instanceof Element && document.activeElement.closest('[role="grid"]'))) return false;
    scrollTo(pageKeyTarget(layout, element.scrollTop, element.clientHeight, step));
    return true;
  };
  useCommands(keyLevel, {
    'document.page-down': () => pageKey(1),
    'document.page-up': () => pageKey(-1),
    'document.zoom-in': () => setZoom(stepZoom(layout.scale, 1)),
    'document.zoom-out': () => setZoom(stepZoom(layout.scale, -1)),
    'document.fit': () => setZoom('fit'),
    'document.find': () => setFinding(true),
  });

  const toDraw = pdf ? pagesToDraw(layout, scrollTop, room.height, PAGES_ALIVE) : [];
  return (
    <div className={styles.viewer}>
      <div className={styles.bar} role="toolbar" aria-label={t('viewer.toolbar')}>
        <ActionIcon
          variant="default"
          aria-label={t('viewer.pages')}
          title={t('viewer.pages')}
          aria-pressed={thumbnails}
          onClick={() => setThumbnails(!thumbnails)}
        >
          <Icon name="pages" size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('viewer.prevPage')} disabled={page <= 1} onClick={() => goToPage(page - 1)}>
          <Icon name="left" size={16} />
        </ActionIcon>
        <span className={styles.count}>{t('viewer.page', { page, total: total || '…' })}</span>
        <ActionIcon variant="default" aria-label={t('viewer.nextPage')} disabled={page >= total} onClick={() => goToPage(page + 1)}>
          <Icon name="right" size={16} />
        </ActionIcon>
        <span className={styles.space} />
        <ActionIcon variant="default" aria-label={t('viewer.find')} title={`${t('viewer.find')} (Ctrl+F)`} onClick={() => setFinding(true)}>
          <Icon name="search" size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('viewer.rotate')} title={t('viewer.rotate')} onClick={turnRight}>
          <Icon name="rotate" size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('viewer.zoomOut')} onClick={() => setZoom(stepZoom(layout.scale, -1))}>
          <Icon name="minus" size={16} />
        </ActionIcon>
        <span className={styles.zoom}>{Math.round((layout.scale / ACTUAL_SIZE) * 100)}%</span>
        <ActionIcon variant="default" aria-label={t('viewer.zoomIn')} onClick={() => setZoom(stepZoom(layout.scale, 1))}>
          <Icon name="plus" size={16} />
        </ActionIcon>
        <Button variant="default" size="compact-md" aria-pressed={zoom === 'fit'} onClick={() => setZoom('fit')}>
          {t('viewer.fitWidth')}
        </Button>
      </div>
      {finding && <FindBar find={find} onClose={closeFind} />}
      <div className={styles.sides}>
        {thumbnails && pdf && <Thumbnails pdf={pdf} rotation={rotation} page={page} onPage={goToPage} />}
        <ScrollRegion
          ref={scroller}
          className={styles.scroller}
          label={t('viewer.document', { title: label })}
          onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        >
          {pdf ? (
            <div
              className={styles.pages}
              lang={lang}
              style={{ height: layout.height, minWidth: Math.max(0, ...layout.pages.map((p) => p.width)) }}
            >
              {toDraw.map((place) => (
                <PdfPage
                  key={place.number}
                  pdf={pdf}
                  place={place}
                  scale={layout.scale}
                  rotation={rotation}
                  label={t('viewer.page', { page: place.number, total })}
                  matches={find.matches.filter((match) => match.page === place.number)}
                  selected={target?.page === place.number ? target : null}
                  onDrawn={(n) => {
                    drawn.current.add(n);
                    noteSeen();
                  }}
                />
              ))}
            </div>
          ) : (
            <Loading />
          )}
        </ScrollRegion>
      </div>
    </div>
  );
}
