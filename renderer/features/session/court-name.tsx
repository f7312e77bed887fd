import { useOffice } from '../../app/office-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';

/** Courts have a Kazakh and a Russian name; the Kazakh one is the first. */
export function CourtName() {
  const { language } = useTexts();
  const { office } = useOffice();
  const shown = language === 'ru' ? 'ru' : 'kk';
  return <span lang={shown}>{shown === 'ru' ? office.courtNameRu : office.courtNameKk}</span>;
}
