import type { Templates } from './templates.ts';

export const ru: Templates = {
  greeting: 'Здравствуйте, {name}!',
  closing: 'Подробности в Судебном кабинете, уникальный номер {cabinetNumber}. Справки: 1401.',
  closingElsewhere: 'Справки: 1401.',
  room: ', кабинет {room}',
  link: ' Ссылка для видеосвязи: {link}',
  texts: {
    registered: {
      subject: 'Ваш документ зарегистрирован',
      text: '{court}: ваш документ зарегистрирован под номером {incomingNumber}. Талон можно получить в Судебном кабинете.',
    },
    'act-dispatched': {
      subject: 'Вынесен судебный акт',
      text: '{court}: по вашему обращению вынесен судебный акт.',
    },
    'hearing-set': {
      subject: 'Назначено судебное заседание',
      text: '{court}: судебное заседание состоится {startsAt}. Место: {place}{room}.{link}',
    },
    'hearing-moved': {
      subject: 'Изменены время или место судебного заседания',
      text: '{court}: судебное заседание теперь состоится {startsAt}. Место: {place}{room}.{link}',
    },
    'hearing-cancelled': {
      subject: 'Судебное заседание не состоится',
      text: '{court}: судебное заседание, назначенное на {startsAt}, не состоится.',
    },
    summons: {
      subject: 'Судебная повестка',
      text: '{court} вызывает вас в судебное заседание, которое состоится {startsAt}. Место: {place}{room}.{link}',
    },
    'request-fulfilled': {
      subject: 'Ваш запрос исполнен',
      text: '{court}: запрос с номером {incomingNumber} исполнен.',
    },
    survey: {
      subject: 'Оцените работу суда',
      text: '{court} просит ответить на несколько вопросов о качестве работы.',
    },
  },
};
