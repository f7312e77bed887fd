import { TextInput } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.ts';
import { Tick } from '../proceedings/tick.tsx';
import { isFilled, needsAddress, type Way } from './ways.ts';
import styles from './dispatch.module.css';

type Props = {
  readonly name: string;
  readonly ways: readonly Way[];
  readonly onChange: (ways: readonly Way[]) => void;
  /** Says what is wrong from now on. */
  readonly checked: boolean;
};

/** The ways to one person in their order; an address is corrected where it is missing. */
export function WaysFields({ name, ways, onChange, checked }: Props) {
  const { t } = useTexts();
  const change = (channel: Way['channel'], patch: Partial<Way>) =>
    onChange(ways.map((way) => (way.channel === channel ? { ...way, ...patch } : way)));
  const chosen = ways.filter((way) => way.chosen);
  return (
    <fieldset className={styles.ways}>
      <legend>{t('dispatch.ways', { name })}</legend>
      {checked && chosen.length === 0 && (
        <p className={styles.error} role="alert">
          {t('dispatch.chooseWay')}
        </p>
      )}
      {ways.map((way) => (
        <div key={way.channel} className={styles.way}>
          <Tick
            label={t(`channel.${way.channel}`)}
            {...hintOf(way)}
            checked={way.chosen}
            onChange={(on) => change(way.channel, { chosen: on })}
          />
          {needsAddress(way.channel) && way.chosen && (
            <TextInput
              aria-label={`${t(`dispatch.address.${way.channel}`)}: ${name}`}
              placeholder={t(`dispatch.address.${way.channel}`)}
              maxLength={way.channel === 'post' ? 2000 : 254}
              spellCheck={false}
              value={way.address}
              error={checked && !isFilled(way) ? t(`dispatch.wrong.${way.channel}`) : null}
              onChange={(event) => change(way.channel, { address: event.currentTarget.value })}
            />
          )}
        </div>
      ))}
    </fieldset>
  );

  function hintOf(way: Way): { readonly hint?: string } {
    if (way.channel === 'post') return { hint: t('dispatch.byHand') };
    if (way.channel === chosen.at(-1)?.channel || way.waitHours === null) return {};
    return { hint: way.waitHours === 0 ? t('dispatch.waitNone') : t('dispatch.wait', { hours: way.waitHours }) };
  }
}
