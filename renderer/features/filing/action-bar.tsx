import { Button } from '@mantine/core';
import type { FilingDetail } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './action-bar.module.css';
import { PostponeAction } from './postpone-action.tsx';

type Props = {
  readonly filing: FilingDetail;
  readonly may: (action: FilingDetail['allowed'][number]) => boolean;
  readonly onRegister: () => void;
  readonly onDefects: () => void;
  readonly onTalon: () => void;
  readonly onTakeOver: () => void;
  readonly onRecall: () => void;
};

/** What may be done now; an action that is not allowed is absent, never a dead button. */
export function ActionBar({ filing, may, onRegister, onDefects, onTalon, onTakeOver, onRecall }: Props) {
  const { t } = useTexts();
  const withTalon = may('talon') && filing.talon !== null;
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('filing.actions')} data-pane>
      {may('register') && (
        <Button
          onClick={onRegister}
          rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}
          aria-keyshortcuts="Control+Enter"
          data-pane-start
        >
          {t('reg.action')}
        </Button>
      )}
      {may('flag') && (
        <Button variant="default" onClick={onDefects} rightSection={<KeyCap keys="F9" />} aria-keyshortcuts="F9">
          {t('defects.action')}
        </Button>
      )}
      {may('flag') && <PostponeAction id={filing.id} />}
      {withTalon && (
        <Button variant="default" onClick={onTalon} rightSection={<KeyCap keys="P" />} aria-keyshortcuts="P">
          {t('talon.open')}
        </Button>
      )}
      {may('recall') && (
        <Button variant="default" onClick={onRecall}>
          {t('recall.action')}
        </Button>
      )}
      {may('take-over') && (
        <Button variant="default" onClick={onTakeOver}>
          {t('takeOver.action')}
        </Button>
      )}
      {!may('register') && !may('flag') && !may('take-over') && !may('recall') && !withTalon && (
        <p className={styles.none}>{t('filing.readOnly')}</p>
      )}
    </div>
  );
}
