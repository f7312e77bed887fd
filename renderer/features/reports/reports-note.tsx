import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import note from '../printing/print-note.module.css';
import { askNow } from './ask-now.ts';

/** Tells the head of office of reports that the program has made and nobody has opened; once closed, not again until there are others. */
export function ReportsNote() {
  const { t, language } = useTexts();
  const { go } = useNavigation();
  const made = useAnswer('made-reports', () => kense().report.made({}));
  useEvent('reportsChanged', () => void made.reload());
  const [closed, setClosed] = useState('');
  const fresh = (made.value ?? []).filter(({ seen }) => !seen).map(({ id }) => id);
  const shown = fresh.length > 0 && fresh.join() !== closed;
  const close = () => setClosed(fresh.join());
  return (
    <div role="status" aria-label={t('report.section.scheduled')}>
      {shown && (
        <div className={note.note}>
          <StatusIcon shape="info" />
          <p className={note.words}>{t('report.scheduled.notice', { count: fresh.length })}</p>
          <Button
            variant="default"
            size="compact-md"
            onClick={() => {
              close();
              go({ screen: 'reports', asked: { ...askNow(language), section: 'scheduled' } });
            }}
          >
            {t('report.scheduled.toThem')}
          </Button>
          <ActionIcon variant="subtle" aria-label={t('action.close')} onClick={close}>
            <Icon name="close" size={16} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
