import { describe, expect, it } from 'vitest';
import { CoreLink } from '../../../main/shell/core-link.ts';

function fakePort() {
  const sent: { id: number; channel: string }[] = [];
  const port = { sent, closed: false, postMessage: (message: never) => void sent.push(message), close: () => void (port.closed = true) };
  return port;
}
const STOPPED = { ok: false, error: { code: 'core-stopped', next: 'retry-later' } };

describe('the link of the window to the core', () => {
  it('keeps calls until the core has started, in their order', async () => {
    const link = new CoreLink();
    const first = link.call('office.get', {});
    void link.call('settings.get', {});
    const port = fakePort();
    link.connect(port);
    expect(port.sent.map(({ channel }) => channel)).toEqual(['office.get', 'settings.get']);
    link.receive({ type: 'answer', id: port.sent[0]!.id, result: { ok: true, value: 'office' } });
    expect(await first).toEqual({ ok: true, value: 'office' });
  });

  it('answers core-stopped to what is pending when the core falls, and sends nothing twice', async () => {
    const link = new CoreLink();
    const port = fakePort();
    link.connect(port);
    const pending = link.call('filing.register', { id: 'a' });
    link.stop(true);
    expect(await pending).toEqual(STOPPED);
    const next = fakePort();
    link.connect(next);
    expect(next.sent).toEqual([]);
    expect(port.closed).toBe(true);
  });

  it('lets calls wait while the core restarts, and refuses them when it does not come back', async () => {
    const link = new CoreLink();
    link.connect(fakePort());
    link.stop(true);
    const waiting = link.call('office.get', {});
    link.stop(false);
    expect(await waiting).toEqual(STOPPED);
    expect(await link.call('office.get', {})).toEqual(STOPPED);
  });

  it('closes the old port when a new one arrives', async () => {
    const link = new CoreLink();
    const old = fakePort();
    link.connect(old);
    const pending = link.call('office.get', {});
    link.connect(fakePort());
    expect(old.closed).toBe(true);
    expect(await pending).toEqual(STOPPED);
  });

  it('passes an event to its listeners only', () => {
    const link = new CoreLink();
    const heard: unknown[] = [];
    const stop = link.subscribe('sync.changed', (payload) => heard.push(payload));
    link.receive({ type: 'event', event: 'sync.changed', payload: 1 });
    link.receive({ type: 'event', event: 'work.changed', payload: 2 });
    stop();
    link.receive({ type: 'event', event: 'sync.changed', payload: 3 });
    expect(heard).toEqual([1]);
  });

  it.each([[null], ['text'], [{}], [{ type: 'answer' }], [{ type: 'answer', id: 99, result: 1 }], [{ type: 'event' }]])(
    'is not disturbed by the message %j',
    (message) => {
      const link = new CoreLink();
      link.connect(fakePort());
      expect(() => link.receive(message)).not.toThrow();
    },
  );
});
