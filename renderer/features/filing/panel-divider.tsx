import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './filing-screen.module.css';

/** In rem of the window: 380 to 640 pixels at the usual text size. */
const LEAST = 25.3;
const MOST = 42.7;
const USUAL = 30.1;
const STEP = 1.5;
const KEY = 'panel-width';

export type PanelWidth = { readonly rem: number; readonly set: (rem: number) => void };

function remembered(): number {
  const stored = Number(localStorage.getItem(KEY));
  return stored >= LEAST && stored <= MOST ? stored : USUAL;
}

/** A convenience of this desk, not a setting of the person: kept by the window alone. */
export function usePanelWidth(): PanelWidth {
  const [rem, setRem] = useState(remembered);
  return {
    rem,
    set: (wanted) => {
      const next = Math.min(MOST, Math.max(LEAST, wanted));
      setRem(next);
      localStorage.setItem(KEY, String(next));
    },
  };
}

export function PanelDivider({ width }: { readonly width: PanelWidth }) {
  const { t } = useTexts();
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? STEP : event.key === 'ArrowRight' ? -STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    width.set(width.rem + by);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const bar = event.currentTarget;
    bar.setPointerCapture(event.pointerId);
    const rootSize = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    bar.onpointermove = (move) => width.set((window.innerWidth - move.clientX) / rootSize);
    bar.onpointerup = () => {
      bar.onpointermove = null;
      bar.onpointerup = null;
    };
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that can be moved is a control (ARIA 1.2)
    <div
      className={styles.divider}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('filing.panelWidth')}
      aria-valuemin={Math.round(LEAST)}
      aria-valuemax={Math.round(MOST)}
      aria-valuenow={Math.round(width.rem)}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a separator that can be moved is a control (ARIA 1.2)
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
    />
  );
}
