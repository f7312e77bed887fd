import type { Templates } from './templates.ts';

export const kk: Templates = {
  greeting: 'Құрметті {name}!',
  closing: 'Толық мәліметті Сот кабинетінен көріңіз, бірегей нөмірі {cabinetNumber}. Анықтама: 1401.',
  closingElsewhere: 'Анықтама: 1401.',
  room: ', {room}-бөлме',
  link: ' Бейнебайланыс сілтемесі: {link}',
  texts: {
    registered: {
      subject: 'Құжатыңыз тіркелді',
      text: '{court}: құжатыңыз {incomingNumber} нөмірімен тіркелді. Талонды Сот кабинетінен алыңыз.',
    },
    'act-dispatched': {
      subject: 'Сот актісі шықты',
      text: '{court}: өтінішіңіз бойынша сот актісі шықты.',
    },
    'hearing-set': {
      subject: 'Сот отырысы тағайындалды',
      text: '{court}: сот отырысы {startsAt} болады. Орны: {place}{room}.{link}',
    },
    'hearing-moved': {
      subject: 'Сот отырысының уақыты немесе орны өзгерді',
      text: '{court}: сот отырысы енді {startsAt} болады. Орны: {place}{room}.{link}',
    },
    'hearing-cancelled': {
      subject: 'Сот отырысы болмайды',
      text: '{court}: {startsAt} белгіленген сот отырысы болмайды.',
    },
    summons: {
      subject: 'Сотқа шақыру қағазы',
      text: '{court} сізді {startsAt} болатын сот отырысына шақырады. Орны: {place}{room}.{link}',
    },
    'request-fulfilled': {
      subject: 'Өтінішіңіз орындалды',
      text: '{court}: {incomingNumber} нөмірлі өтінішіңіз орындалды.',
    },
    survey: {
      subject: 'Соттың жұмысын бағалаңыз',
      text: '{court} қызмет сапасы туралы бірнеше сұраққа жауап беруіңізді сұрайды.',
    },
  },
};
