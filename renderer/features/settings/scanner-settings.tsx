import { ScannerChoice } from '../paper/scanner-choice.tsx';
import { useScanners } from '../paper/use-scanners.ts';
import styles from './settings-screen.module.css';

/** The scanner that pages are scanned with from now on. */
export function ScannerSettings() {
  return (
    <div className={styles.row}>
      <ScannerChoice scanners={useScanners()} />
    </div>
  );
}
