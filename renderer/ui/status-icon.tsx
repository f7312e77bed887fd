import type { SignatureState } from '../../shared/contract/index.ts';
import styles from './status-icon.module.css';

/** Told apart by shape alone, at 16 px and without colour. */
export type StatusShape = 'ok' | 'warn' | 'signer' | 'bad' | 'absent' | 'none' | 'unchecked' | 'info' | 'busy';

export const SHAPE_OF_SIGNATURE: Readonly<Record<SignatureState, StatusShape>> = {
  valid: 'ok',
  'on-paper': 'info',
  'check-signer': 'signer',
  undecided: 'warn',
  'not-checked': 'unchecked',
  invalid: 'bad',
  absent: 'absent',
};

const OCTAGON = 'M6.2 1.2h7.6l5 5v7.6l-5 5H6.2l-5-5V6.2z';

function shapeOf(shape: StatusShape) {
  switch (shape) {
    case 'ok':
      return (
        <>
          <circle className={styles.fill} cx="10" cy="10" r="9" />
          <path className={styles.sign} d="M5.8 10.4l2.8 2.8 5.6-6" />
        </>
      );
    case 'warn':
      return (
        <>
          <path className={styles.fill} d="M10 1.4 19.2 18H.8z" />
          <path className={styles.sign} d="M10 7.2v5.2M10 15.1v.3" />
        </>
      );
    case 'signer':
      return (
        <>
          <path className={styles.fill} d="M10 1.4 19.2 18H.8z" />
          <circle className={styles.person} cx="10" cy="9" r="1.9" />
          <path className={styles.person} d="M6.6 16.2c0-2.5 1.4-4 3.4-4s3.4 1.5 3.4 4z" />
        </>
      );
    case 'bad':
      return (
        <>
          <path className={styles.fill} d={OCTAGON} />
          <path className={styles.sign} d="M6.9 6.9l6.2 6.2M13.1 6.9l-6.2 6.2" />
        </>
      );
    case 'absent':
      return (
        <>
          <path className={styles.line} d={OCTAGON} />
          <path className={styles.line} d="M6.5 10h7" />
        </>
      );
    case 'none':
      return (
        <>
          <circle className={styles.line} cx="10" cy="10" r="8" />
          <path className={styles.line} d="M6.8 10h6.4" />
        </>
      );
    case 'unchecked':
      return <circle className={styles.dashed} cx="10" cy="10" r="8" />;
    case 'info':
      return (
        <>
          <circle className={styles.fill} cx="10" cy="10" r="9" />
          <path className={styles.sign} d="M10 9.2v5M10 5.8v.3" />
        </>
      );
    case 'busy':
      return (
        <>
          <circle className={styles.line} cx="10" cy="10" r="8" />
          <path className={styles.line} d="M10 5.5V10l3 2" />
        </>
      );
  }
}

/** Decorative: the words beside it say the same. `size` in pixels at the usual text size. */
export function StatusIcon({ shape, size = 20 }: { readonly shape: StatusShape; readonly size?: number }) {
  return (
    <svg
      className={styles.icon}
      data-shape={shape}
      viewBox="0 0 20 20"
      width={`${size / 15}rem`}
      height={`${size / 15}rem`}
      aria-hidden="true"
      focusable="false"
    >
      {shapeOf(shape)}
    </svg>
  );
}
