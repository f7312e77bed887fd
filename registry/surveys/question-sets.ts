import type { SurveyQuestion } from '../../shared/registry/index.ts';

/** The questions that courts ask, by the id of their set. A set that was asked is never changed: another wording is another set. */
export const QUESTION_SETS: Readonly<Record<string, readonly SurveyQuestion[]>> = {
  'registration-1': [
    {
      id: 'ease',
      type: 'scale',
      kk: 'Құжаттарды сот кабинеті арқылы жіберу қаншалықты оңай болды?',
      ru: 'Насколько легко было отправить документы через судебный кабинет?',
    },
    {
      id: 'time',
      type: 'scale',
      kk: 'Тіркеу жылдамдығына қаншалықты ризасыз?',
      ru: 'Насколько вы довольны быстротой регистрации?',
    },
    { id: 'visit', type: 'yes-no', kk: 'Сотқа өзіңіз келуге тура келді ме?', ru: 'Пришлось ли вам приходить в суд лично?' },
    { id: 'words', type: 'text', kk: 'Нені жақсартуға болады?', ru: 'Что можно улучшить?' },
  ],
  'hearing-1': [
    {
      id: 'notice',
      type: 'scale',
      kk: 'Сот отырысының уақыты мен орны туралы хабарлама қаншалықты түсінікті болды?',
      ru: 'Насколько понятным было извещение о времени и месте заседания?',
    },
    { id: 'on-time', type: 'yes-no', kk: 'Сот отырысы уақытында басталды ма?', ru: 'Началось ли заседание вовремя?' },
    {
      id: 'courtesy',
      type: 'scale',
      kk: 'Сот қызметкерлерінің әдептілігін қалай бағалайсыз?',
      ru: 'Как вы оцениваете вежливость работников суда?',
    },
    { id: 'words', type: 'text', kk: 'Нені жақсартуға болады?', ru: 'Что можно улучшить?' },
  ],
  'outcome-1': [
    {
      id: 'clarity',
      type: 'scale',
      kk: 'Сот актісі қаншалықты түсінікті жазылған?',
      ru: 'Насколько понятно написан судебный акт?',
    },
    {
      id: 'service',
      type: 'scale',
      kk: 'Соттың қызмет көрсету сапасын тұтас алғанда қалай бағалайсыз?',
      ru: 'Как вы оцениваете качество работы суда в целом?',
    },
    { id: 'words', type: 'text', kk: 'Нені жақсартуға болады?', ru: 'Что можно улучшить?' },
  ],
};
