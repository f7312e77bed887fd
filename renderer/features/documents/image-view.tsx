import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { focusAtRest } from '../../ui/focus-at-rest.ts';
import { Icon } from '../../ui/icon.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { ACTUAL_SIZE, stepZoom, type Rotation } from './pdf/page-layout.ts';
import type { PdfView } from './pdf/pdf-viewer.tsx';
import styles from './document-view.module.css';

type Props = {
  /** An address of our own scheme, whose bytes have been checked. */
  readonly url: string;
  readonly label: string;
  readonly view: PdfView;
  readonly onView: (view: PdfView) => void;
  readonly takeFocus: boolean;
  readonly onProblem: () => void;
};

const MARGIN = 24;

/** An image as wide as the room, larger, smaller or turned; only kinds the engine draws itself. */
export function ImageView({ url, label, view, onView, takeFocus, onProblem }: Props) {
  const { t } = useTexts();
  const region = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null);
  const [room, setRoom] = useState(0);
  useEffect(() => {
    if (takeFocus) focusAtRest(region.current);
  }, [takeFocus]);
  useLayoutEffect(() => {
    const element = region.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setRoom(element.clientWidth));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  const { zoom, rotation } = view;
  const lying = rotation % 180 !== 0;
  const natural = size ?? { width: 1, height: 1 };
  const width = lying ? natural.height : natural.width;
  const fitting = Math.min(1, Math.max(0.05, (room - MARGIN) / width));
  const scale = zoom === 'fit' ? fitting : zoom;
  const step = (by: 1 | -1): void => onView({ ...view, zoom: stepZoom(scale * ACTUAL_SIZE, by) });
  const turn = (): void => onView({ ...view, rotation: ((rotation + 90) % 360) as Rotation });
  useCommands('screen', {
    'document.zoom-in': () => step(1),
    'document.zoom-out': () => step(-1),
    'document.fit': () => onView({ ...view, zoom: 'fit' }),
  });
  const drawn = { width: natural.width * scale, height: natural.height * scale };
  return (
    <div className={styles.imageViewer}>
      <div className={styles.imageBar} role="toolbar" aria-label={t('viewer.toolbar')}>
        <ActionIcon variant="default" aria-label={t('viewer.rotate')} title={t('viewer.rotate')} onClick={turn}>
          <Icon name="rotate" size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('viewer.zoomOut')} onClick={() => step(-1)}>
          <Icon name="minus" size={16} />
        </ActionIcon>
        <span className={styles.imageZoom}>{Math.round(scale * 100)}%</span>
        <ActionIcon variant="default" aria-label={t('viewer.zoomIn')} onClick={() => step(1)}>
          <Icon name="plus" size={16} />
        </ActionIcon>
        <Button variant="default" size="compact-md" aria-pressed={zoom === 'fit'} onClick={() => onView({ ...view, zoom: 'fit' })}>
          {t('viewer.fitWidth')}
        </Button>
      </div>
      <ScrollRegion ref={region} className={styles.imageRoom} label={t('viewer.document', { title: label })}>
        <div
          className={styles.imageFrame}
          style={{
            width: lying ? drawn.height : drawn.width,
            height: lying ? drawn.width : drawn.height,
            visibility: size ? 'visible' : 'hidden',
          }}
        >
          <img
            className={styles.image}
            src={url}
            alt={label}
            style={{ ...drawn, transform: `translate(-50%, -50%) rotate(${rotation}deg)` }}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setSize({ width: naturalWidth, height: naturalHeight })}
            onError={onProblem}
          />
        </div>
      </ScrollRegion>
    </div>
  );
}
