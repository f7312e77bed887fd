import type kk from '../../resources/locales/kk.json';

type WithoutPlural<K> = K extends `${infer Base}_${'one' | 'few' | 'many' | 'other'}` ? Base : K;

/** A key of the locales; plural forms are asked for by their base with a `count`. */
export type TextKey = WithoutPlural<keyof typeof kk>;
export type TextParams = Readonly<Record<string, string | number>>;
