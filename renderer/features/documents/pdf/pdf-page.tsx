import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TextLayer } from 'pdfjs-dist';
import type { Match, Segment } from './find-in-text.ts';
import type { OpenPdf } from './open-pdf.ts';
import type { PlacedPage, Rotation } from './page-layout.ts';
import styles from './pdf-page.module.css';

type Props = {
  readonly pdf: OpenPdf;
  readonly place: PlacedPage;
  readonly scale: number;
  readonly rotation: Rotation;
  readonly label: string;
  readonly matches: readonly Match[];
  readonly selected: Match | null;
  readonly onDrawn: (page: number) => void;
};

/** A side of a canvas past this many pixels fails or eats the memory of a 4 GB office computer. */
const CANVAS_SIDE = 4096;

function showMatches(layer: TextLayer, matches: readonly Match[], selected: Match | null): HTMLElement | null {
  const { textDivs, textContentItemsStr } = layer;
  let target: HTMLElement | null = null;
  textDivs.forEach((div, run) => {
    if (div.querySelector('mark')) div.textContent = textContentItemsStr[run] ?? '';
  });
  const marks = new Map<number, (Segment & { readonly match: Match })[]>();
  for (const match of matches) {
    for (const segment of match.segments) marks.set(segment.run, [...(marks.get(segment.run) ?? []), { ...segment, match }]);
  }
  for (const [run, inRun] of marks) {
    const div = textDivs[run];
    const text = textContentItemsStr[run];
    if (!div || text === undefined) continue;
    let at = 0;
    const parts: (string | HTMLElement)[] = [];
    for (const { from, to, match } of inRun) {
      const mark = document.createElement('mark');
      mark.textContent = text.slice(from, to);
      if (match === selected) {
        mark.dataset['selected'] = '';
        target ??= mark;
      }
      parts.push(text.slice(at, from), mark);
      at = to;
    }
    div.replaceChildren(...parts, text.slice(at));
  }
  return target;
}

/** One drawn page: its picture and, over it, its text to select, read aloud and search. */
export function PdfPage({ pdf, place, scale, rotation, label, matches, selected, onDrawn }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [layer, setLayer] = useState<TextLayer | null>(null);
  const drawn = useRef(onDrawn);
  useLayoutEffect(() => {
    drawn.current = onDrawn;
  });

  useEffect(() => {
    const host = frame.current;
    if (!host) return;
    let stopped = false;
    let stop = () => {};
    void (async () => {
      const page = await pdf.page(place.number);
      if (stopped) return;
      const viewport = page.getViewport({ scale, rotation: (page.rotate + rotation) % 360 });
      const density = Math.min(window.devicePixelRatio || 1, CANVAS_SIDE / viewport.width, CANVAS_SIDE / viewport.height);
      const canvas = document.createElement('canvas');
      canvas.width = Math.floor(viewport.width * density);
      canvas.height = Math.floor(viewport.height * density);
      canvas.setAttribute('aria-hidden', 'true');
      const picture = page.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] });
      const text = document.createElement('div');
      text.className = 'textLayer';
      const words = new pdf.library.TextLayer({
        textContentSource: page.streamTextContent({ disableNormalization: true }),
        container: text,
        viewport,
      });
      stop = () => {
        picture.cancel();
        words.cancel();
      };
      try {
        await Promise.all([picture.promise, words.render()]);
      } catch {
        return;
      }
      if (stopped) return;
      host.replaceChildren(canvas, text);
      setLayer(words);
      drawn.current(place.number);
    })();
    return () => {
      stopped = true;
      stop();
    };
  }, [pdf, place.number, scale, rotation]);

  useEffect(() => {
    if (layer) showMatches(layer, matches, selected)?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }, [layer, matches, selected]);

  return (
    <div
      className={styles.page}
      role="group"
      aria-label={label}
      data-page={place.number}
      style={{ top: place.top, width: place.width, height: place.height, ['--total-scale-factor' as string]: scale }}
    >
      <div ref={frame} className={styles.frame} />
    </div>
  );
}
