import { MOST_AT_ONCE } from '../../../shared/contract/index.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createQueueLists, dropView, keepLayout, listLayout, saveView, savedViews, sortNames } from '../../intake/index.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group =
  | 'queue.list'
  | 'queue.rows'
  | 'queue.news'
  | 'queue.ids'
  | 'queue.saved-views'
  | 'queue.save-view'
  | 'queue.drop-view'
  | 'queue.layout'
  | 'queue.keep-layout';

export function queueChannels({ desk }: CoreContext): Pick<Handlers, Group> {
  const { store, reference, config } = desk;
  const lists = createQueueLists({ read: store.read, reference, clock: config.clock });

  return {
    'queue.list': (question, session) => {
      sortNames(store);
      const opened = lists.open(question, session.userId);
      return ok({ ...opened, rows: [...opened.rows] });
    },
    'queue.rows': ({ list, from, count }) => {
      const rows = lists.rows(list, from, count);
      return rows === null ? fail('not-found') : ok([...rows]);
    },
    'queue.news': ({ list }) => {
      const news = lists.news(list);
      return news === null ? fail('not-found') : ok(news);
    },
    'queue.ids': ({ list }) => {
      const ids = lists.ids(list);
      return ids === null ? fail('not-found') : ok(ids.slice(0, MOST_AT_ONCE));
    },
    'queue.saved-views': (_, session) => ok(savedViews(store.read, session.userId)),
    'queue.save-view': (view, session) => {
      const saved = store.write((tx) => saveView(tx, session.userId, view));
      return saved.ok ? ok(savedViews(store.read, session.userId)) : saved;
    },
    'queue.drop-view': ({ id }, session) => {
      store.write((tx) => dropView(tx, session.userId, id));
      return ok(savedViews(store.read, session.userId));
    },
    'queue.layout': ({ list }, session) => ok(listLayout(store.read, session.userId, list)),
    'queue.keep-layout': ({ list, layout }, session) => {
      store.write((tx) => keepLayout(tx, session.userId, list, layout));
      return ok(layout);
    },
  };
}
