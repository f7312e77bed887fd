import styles from './row-grid.module.css';

/** Decorative: the row itself says whether it is selected. */
export function ChosenMark({ chosen, possible }: { readonly chosen: boolean; readonly possible: boolean }) {
  return (
    <svg
      className={styles.mark}
      data-chosen={chosen || undefined}
      data-possible={possible || undefined}
      viewBox="0 0 20 20"
      aria-hidden="true"
    >
      <rect x="2" y="2" width="16" height="16" rx="3" />
      {chosen && <path d="M5.8 10.4l2.8 2.8 5.6-6" />}
    </svg>
  );
}
