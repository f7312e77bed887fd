import type { WindowApi } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';

type Call = (channel: string, input: unknown) => Promise<Result<unknown>>;
type Subscribe = (event: string, listener: (payload: unknown) => void) => () => void;

const camel = (kebab: string) => kebab.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
const onName = (event: string) => {
  const [group = '', verb = ''] = event.split('.');
  return group + verb.charAt(0).toUpperCase() + verb.slice(1);
};
const isInput = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * `window.kense`: one named function per channel and one subscribe function per event, and nothing else.
 * A call takes exactly one object; whatever else is given is refused before it leaves the window.
 */
export function buildWindowApi(channels: readonly string[], events: readonly string[], call: Call, subscribe: Subscribe): WindowApi {
  const api: Record<string, Record<string, unknown>> = {};
  for (const channel of channels) {
    const [group = '', verb = ''] = channel.split('.');
    const functions = (api[group] ??= {});
    functions[camel(verb)] = (...inputs: unknown[]) =>
      inputs.length === 1 && isInput(inputs[0])
        ? call(channel, inputs[0])
        : Promise.resolve({ ok: false, error: { code: 'input-invalid', next: 'fix-input' } } satisfies Result<never>);
  }
  const on: Record<string, unknown> = {};
  for (const event of events) {
    on[onName(event)] = (...listeners: unknown[]) => {
      const [listener] = listeners;
      if (listeners.length !== 1 || typeof listener !== 'function') throw new TypeError('one listener function is needed');
      return subscribe(event, (payload) => void (listener as (payload: unknown) => unknown)(payload));
    };
  }
  return { ...api, on } as unknown as WindowApi;
}
