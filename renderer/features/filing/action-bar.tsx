import { Button } from '@mantine/core';
import type { FilingDetail } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './action-bar.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly may: (action: FilingDetail['allowed'][number]) => boolean;
  readonly rechecking: boolean;
  readonly onRegister: () => void;
  readonly onDefects: () => void;
  readonly onRecheck: () => void;
  readonly onTalon: () => void;
};

/** What may be done now; an action that is not allowed is absent, never a dead button. */
export function ActionBar({ filing, may, rechecking, onRegister, onDefects, onRecheck, onTalon }: Props) {
  const { t } = useTexts();
  const none = !(['register', 'flag', 'recheck', 'talon'] as const).some(may);
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('filing.actions')} data-pane>
      {may('register') && (
        <Button onClick={onRegister} rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />} aria-keyshortcuts="Control+Enter" data-pane-start>
          {t('reg.action')}
        </Button>
      )}
      {may('flag') && (
        <Button variant="default" onClick={onDefects} rightSection={<KeyCap keys="F9" />} aria-keyshortcuts="F9">
          {t('defects.action')}
        </Button>
      )}
      {may('recheck') && (
        <Button variant="default" onClick={onRecheck} loading={rechecking} rightSection={<KeyCap keys="R" />} aria-keyshortcuts="R">
          {t('sig.recheck')}
        </Button>
      )}
      {may('talon') && filing.talon !== null && (
        <Button variant="default" onClick={onTalon} rightSection={<KeyCap keys="P" />} aria-keyshortcuts="P">
          {t('talon.open')}
        </Button>
      )}
      {none && <p className={styles.none}>{t('filing.readOnly')}</p>}
    </div>
  );
}
