import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type Ref } from 'react';
import type { DefectPlace, FilingDetail, ProposalOffer } from '../../../shared/contract/index.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { sayArticle } from './say-article.ts';
import type { Mark } from './proposal-draft.ts';
import styles from './defects-panel.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly name: string;
  readonly article: string | undefined;
  /** 1–9 for those with a key of their own. */
  readonly digit: number | null;
  readonly mark: Mark | undefined;
  /** The findings of the program speak for it. */
  readonly noticed: boolean;
  readonly kinds: ProposalOffer['places'][string];
  readonly fields: readonly string[];
  readonly onToggle: () => void;
  readonly onNote: (note: string) => void;
  readonly onPlaces: (places: readonly DefectPlace[]) => void;
  readonly ref?: Ref<HTMLInputElement> | undefined;
};

/** One reason: whether it is marked, what it is about, and what is to be mended. */
export function DefectItem({ filing, name, article, digit, mark, noticed, kinds, fields, onToggle, onNote, onPlaces, ref }: Props) {
  const { t, language } = useTexts();
  return (
    <li className={styles.item}>
      <label className={styles.label}>
        {digit !== null && <KeyCap keys={String(digit)} />}
        <input
          ref={ref}
          type="checkbox"
          className={styles.box}
          checked={mark !== undefined}
          aria-keyshortcuts={digit === null ? undefined : String(digit)}
          onChange={onToggle}
        />
        <span>
          {name}
          {article !== undefined && article !== '' && <span className={styles.article}>{sayArticle(article, language)}</span>}
          {noticed && <span className={styles.article}>{t('defects.noticed')}</span>}
        </span>
      </label>
      {mark && (
        <div className={styles.note}>
          {kinds.length > 0 && <Places filing={filing} kinds={kinds} fields={fields} places={mark.places} onPlaces={onPlaces} />}
          <Textarea
            label={t('return.fix')}
            lang={filing.language}
            autosize={false}
            rows={2}
            maxLength={2000}
            spellCheck={false}
            value={mark.note}
            onChange={(event) => onNote(event.currentTarget.value)}
          />
        </div>
      )}
    </li>
  );
}

type PlacesProps = Pick<Props, 'filing' | 'kinds' | 'fields' | 'onPlaces'> & { readonly places: readonly DefectPlace[] };

function Places({ filing, kinds, fields, places, onPlaces }: PlacesProps) {
  const { t, has } = useTexts();
  const [annex, setAnnex] = useState('');
  const isOn = (id: string) => places.some((place) => place.kind === 'document' && place.id === id);
  const toggle = (id: string) =>
    onPlaces(isOn(id) ? places.filter((place) => !(place.kind === 'document' && place.id === id)) : [...places, { kind: 'document', id }]);
  const fieldName = (field: string) => (has(`earlier.field.${field}`) ? t(`earlier.field.${field}` as TextKey) : field);
  const named = places.filter((place) => place.kind !== 'document');
  const addAnnex = () => {
    if (annex.trim() === '') return;
    onPlaces([...places, { kind: 'annex', name: annex.trim() }]);
    setAnnex('');
  };
  return (
    <div className={styles.places} role="group" aria-label={t('defects.about')}>
      {kinds.includes('document') &&
        filing.documents.map((document) => (
          <label key={document.id} className={styles.place}>
            <input type="checkbox" checked={isOn(document.id)} onChange={() => toggle(document.id)} />
            <span lang={filing.language}>{document.title}</span>
          </label>
        ))}
      {named.map((place, at) => (
        <label key={at} className={styles.place}>
          <input type="checkbox" checked onChange={() => onPlaces(places.filter((other) => other !== place))} />
          <span>{place.kind === 'field' ? fieldName(place.field) : place.name}</span>
        </label>
      ))}
      {kinds.includes('field') && (
        <NativeSelect
          aria-label={t('defects.field')}
          value=""
          onChange={(event) => {
            const field = event.currentTarget.value;
            if (field !== '') onPlaces([...places, { kind: 'field', field }]);
          }}
        >
          <option value="">{t('defects.field')}</option>
          {fields
            .filter((field) => !places.some((place) => place.kind === 'field' && place.field === field))
            .map((field) => (
              <option key={field} value={field}>
                {fieldName(field)}
              </option>
            ))}
        </NativeSelect>
      )}
      {kinds.includes('annex') && (
        <TextInput
          aria-label={t('defects.annex')}
          placeholder={t('defects.annex')}
          value={annex}
          maxLength={300}
          spellCheck={false}
          onChange={(event) => setAnnex(event.currentTarget.value)}
          onBlur={addAnnex}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey) addAnnex();
          }}
        />
      )}
    </div>
  );
}
