import { useId } from 'react';
import styles from './proceedings.module.css';

type Props = {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
};

/** A box to tick, with what it stands for. */
export function Tick({ label, hint, checked, onChange }: Props) {
  const hintId = useId();
  return (
    <div className={styles.tick}>
      <label className={styles.tickLabel}>
        <input
          type="checkbox"
          className={styles.box}
          checked={checked}
          aria-describedby={hint === undefined ? undefined : hintId}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {label}
      </label>
      {hint !== undefined && (
        <p id={hintId} className={styles.tickHint}>
          {hint}
        </p>
      )}
    </div>
  );
}
