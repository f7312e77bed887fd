import type { Colleague, QueueFilter } from '../../../shared/contract/index.ts';
import { ok } from '../../../shared/result.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSession } from '../../app/session-context.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './filter-row.module.css';

type Props = {
  readonly filter: QueueFilter;
  /** What has a choice of its own in the row. */
  readonly chosen: readonly (keyof QueueFilter)[];
  readonly onDrop: (name: keyof QueueFilter) => void;
};

/** What a list is narrowed by besides the choices of its row, such as the days of a number of the board; each can be dropped. */
export function FilterNotes({ filter, chosen, onDrop }: Props) {
  const { t } = useTexts();
  const { activeRole } = useSession();
  const say = useWords(filter);
  const names = (Object.keys(filter) as (keyof QueueFilter)[]).filter((name) => filter[name] !== undefined && !chosen.includes(name));
  const namesPeople = names.some((name) => name === 'registeredBy' || name === 'assignee') && activeRole !== 'judge';
  const people = useAnswer(namesPeople ? 'colleagues' : 'nobody', () =>
    namesPeople ? kense().work.colleagues({}) : Promise.resolve(ok<Colleague[]>([])),
  );
  return names.map((name) => {
    const words = say(name, people.value ?? []);
    return (
      <button
        key={name}
        type="button"
        className={styles.note}
        aria-label={t('queue.note.drop', { what: words })}
        onClick={() => onDrop(name)}
      >
        {words} <Icon name="close" size={16} />
      </button>
    );
  });
}

function useWords(filter: QueueFilter): (name: keyof QueueFilter, people: readonly Colleague[]) => string {
  const { t } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const { userId, name: me } = useSession();
  const days = ({ from, until }: { from: string; until: string }) =>
    from === until ? format.date(from) : `${format.date(from)} – ${format.date(until)}`;
  return (name, people) => {
    const personName = (id: string | null | undefined) =>
      id == null
        ? t('board.without.person')
        : id === userId
          ? me
          : (people.find((person) => person.id === id)?.name ?? t('board.unknownPerson'));
    switch (name) {
      case 'kind':
        return kindName.short(filter.kind ?? '');
      case 'state':
        return t(`status.${filter.state!}`);
      case 'verdict':
        return filter.verdict == null ? t('board.without.verdict') : t(`queue.verdict.${filter.verdict}`);
      case 'term':
        return t(`queue.term.${filter.term!}`);
      case 'language':
        return t(`language.${filter.language!}`);
      case 'channel':
        return t(`queue.channelOf.${filter.channel!}`);
      case 'category':
        return filter.category == null ? t('board.without.category') : t('queue.note.category', { value: filter.category });
      case 'judge':
        return t('queue.note.judge');
      case 'assignee':
        return personName(filter.assignee);
      case 'registeredBy':
        return t('queue.note.registeredBy', { name: personName(filter.registeredBy) });
      case 'registeredOn':
        return t('queue.note.registered', { days: format.date(filter.registeredOn!) });
      case 'received':
      case 'registered':
      case 'due':
        return t(`queue.note.${name}`, { days: days(filter[name]!) });
      case 'receivedWeekday':
        return t('queue.note.weekday', { day: t(`weekday.${filter.receivedWeekday as 1}`) });
      case 'receivedHour':
        return t('queue.note.hour', { hour: `${String(filter.receivedHour).padStart(2, '0')}:00` });
    }
  };
}
