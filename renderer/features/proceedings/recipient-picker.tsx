import { NativeSelect } from '@mantine/core';
import type { Proceedings, RecipientView } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { sideId } from '../filing/parties-in-short.ts';
import { Tick } from './tick.tsx';
import styles from './proceedings.module.css';

type Person = Proceedings['people'][number];
type Props = {
  readonly people: readonly Person[];
  readonly chosen: readonly RecipientView[];
  readonly onChange: (chosen: readonly RecipientView[]) => void;
  readonly legend: string;
  readonly error: string | null;
};

export const firstChannel = ({ name, channels, filingId }: Person): RecipientView => ({
  ...{ name, channel: channels[0] ?? 'post', address: null, filingId },
});

/** Who is told, and by which way. Somebody who was told before and is named no more stays in the list. */
export function RecipientPicker({ people, chosen, onChange, legend, error }: Props) {
  const { t, named } = useTexts();
  const gone = chosen.filter(({ name }) => !people.some((person) => person.name === name));
  const all: readonly Person[] = [
    ...people,
    ...gone.map(({ name, channel, filingId }) => ({ name, side: '', filingId, channels: [channel], phone: null, email: null })),
  ];
  return (
    <fieldset className={styles.people}>
      <legend>{legend}</legend>
      {error !== null && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {all.map((person) => {
        const taken = chosen.find(({ name }) => name === person.name);
        const others = chosen.filter(({ name }) => name !== person.name);
        return (
          <div key={person.name} className={styles.person}>
            <Tick
              label={person.name}
              {...(person.side === '' ? {} : { hint: named('side', sideId(person.side)) })}
              checked={taken !== undefined}
              onChange={(checked) => onChange(checked ? [...others, firstChannel(person)] : others)}
            />
            {taken && (
              <NativeSelect
                aria-label={t('proceedings.channelOf', { name: person.name })}
                value={taken.channel}
                data={person.channels.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))}
                onChange={(event) => {
                  const channel = person.channels.find((known) => known === event.currentTarget.value) ?? taken.channel;
                  onChange(chosen.map((one) => (one === taken ? { ...one, channel } : one)));
                }}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
