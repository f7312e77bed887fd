import { describe, expect, it } from 'vitest';
import { buildWindowApi } from '../../../main/shell/window-api.ts';
import { CHANNEL_NAMES, EVENT_NAMES } from '../../../shared/contract/index.ts';

type Loose = Record<string, Record<string, (...args: unknown[]) => unknown>>;

function build() {
  const calls: [string, unknown][] = [];
  const listeners = new Map<string, (payload: unknown) => void>();
  const api = buildWindowApi(
    CHANNEL_NAMES,
    EVENT_NAMES,
    (channel, input) => {
      calls.push([channel, input]);
      return Promise.resolve({ ok: true, value: channel });
    },
    (event, listener) => {
      listeners.set(event, listener);
      return () => void listeners.delete(event);
    },
  ) as unknown as Loose;
  return { api, calls, listeners };
}

describe('window.kense', () => {
  it('has a named function for each channel and event, and nothing else', () => {
    const { api } = build();
    const names = Object.entries(api).flatMap(([group, functions]) => Object.keys(functions).map((name) => `${group}.${name}`));
    expect(names).toContain('session.signIn');
    expect(names).toContain('filing.mark');
    expect(names).toContain('on.sessionChanged');
    expect(names).toHaveLength(CHANNEL_NAMES.length + EVENT_NAMES.length);
    for (const generic of ['send', 'invoke', 'call', 'get', 'port']) expect(api).not.toHaveProperty(generic);
  });

  it('sends the one object it is given to its own channel', async () => {
    const { api, calls } = build();
    await api['session']!['signIn']!({ optionId: 'a' });
    expect(calls).toEqual([['session.sign-in', { optionId: 'a' }]]);
  });

  it.each([[[]], [[{}, {}]], [['text']], [[null]], [[undefined]], [[[]]], [[7]], [[() => 1]]])('refuses the arguments %j', async (args) => {
    const { api, calls } = build();
    expect(await api['office']!['get']!(...args)).toEqual({ ok: false, error: { code: 'input-invalid', next: 'fix-input' } });
    expect(calls).toEqual([]);
  });

  it('gives a listener the payload alone, until it is taken back', () => {
    const { api, listeners } = build();
    const heard: unknown[][] = [];
    const stop = api['on']!['workChanged']!((...args: unknown[]) => void heard.push(args)) as () => void;
    listeners.get('work.changed')?.({ arrived: 1 });
    stop();
    expect(heard).toEqual([[{ arrived: 1 }]]);
    expect(listeners.size).toBe(0);
    expect(() => api['on']!['workChanged']!('text')).toThrow(TypeError);
  });
});
