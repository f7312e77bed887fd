import type { Result } from '../result.ts';
import type { ChannelInput, ChannelName, ChannelOutput, EventName, EventPayload } from './channels.ts';

type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;
type Group<C extends string> = C extends `${infer G}.${string}` ? G : never;
type Verb<C extends string> = C extends `${string}.${infer V}` ? V : never;
type CallOf<C extends ChannelName> = (input: ChannelInput<C>) => Promise<Result<ChannelOutput<C>>>;

/** `window.kense`: a named function per channel (`filing.send-x` → `kense.filing.sendX`), a subscribe function per event. */
export type WindowApi = {
  readonly [G in Group<ChannelName>]: { readonly [C in Extract<ChannelName, `${G}.${string}`> as Camel<Verb<C>>]: CallOf<C> };
} & {
  readonly on: { readonly [E in EventName as OnName<E>]: (listener: (payload: EventPayload<E>) => void) => () => void };
};
type OnName<E extends string> = E extends `${infer A}.${infer B}` ? `${A}${Capitalize<B>}` : never;
