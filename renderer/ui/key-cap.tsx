import styles from './key-cap.module.css';

/** The key that does the same; the accessible name of a button stays free of it. */
export function KeyCap({ keys, tone = 'plain' }: { readonly keys: string; readonly tone?: 'plain' | 'onPrimary' }) {
  return (
    <kbd className={styles.cap} data-tone={tone} aria-hidden="true">
      {keys}
    </kbd>
  );
}
