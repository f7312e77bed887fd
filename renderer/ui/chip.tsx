import type { ReactNode } from 'react';
import { StatusIcon, type StatusShape } from './status-icon.tsx';
import styles from './chip.module.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'none' | 'info';
const TONE_OF_SHAPE: Readonly<Record<StatusShape, Tone>> = {
  ok: 'ok',
  warn: 'warn',
  signer: 'warn',
  bad: 'bad',
  absent: 'bad',
  none: 'none',
  unchecked: 'none',
  info: 'info',
  busy: 'none',
};

/** A status: shape, word, colour, in this order of importance. Never clickable. */
export function Chip({ shape, tone, title, children }: { shape?: StatusShape; tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={styles.chip} data-tone={tone ?? (shape ? TONE_OF_SHAPE[shape] : 'none')} title={title}>
      {shape && <StatusIcon shape={shape} size={18} />}
      <span className={styles.word}>{children}</span>
    </span>
  );
}
