import { courtDayOf } from '../../../shared/domain/court-day.ts';
import type { UiLanguage } from '../../../shared/domain/language.ts';
import type { AskedReport } from '../../app/route.ts';
import { monthOf } from './periods.ts';

/** What is looked at first: this month, in the language of the window where reports have it. An empty id is the first report. */
export const askNow = (language: UiLanguage): AskedReport => ({
  ...{ section: 'reports', id: '', by: null, ...monthOf(courtDayOf(new Date().toISOString())) },
  language: language === 'ru' ? 'ru' : 'kk',
});
