import type { ScannerView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useOffice } from '../../app/office-context.tsx';

/** The scanners of this desk, and the one that is used: the remembered one, or the first there is. */
export function useScanners() {
  const answer = useAnswer('scanners', () => kense().paper.scanners({}));
  const { settings } = useOffice();
  const known: readonly ScannerView[] = answer.value ?? [];
  return { answer, known, scanner: known.find(({ id }) => id === settings.scanner) ?? known[0] ?? null };
}
export type Scanners = ReturnType<typeof useScanners>;
