import { fail, ok, type Result } from '../../../shared/result.ts';
import { listen, plain, type MessagePortLike } from '../message-port.ts';
import { moduleCallSchema, type ModuleCall } from './module-messages.ts';
import type { ModuleOwner } from './module-owner.ts';
import { ownModule } from './own-module.ts';

/** The end of the port at the process that owns a module. The module is loaded at the first call; `gone` follows the port's end. */
export function serveModule(port: MessagePortLike, file: string, gone: () => void): void {
  let owner: Promise<Result<ModuleOwner>> | null = null;
  let isWatched = false;

  async function answer(call: ModuleCall): Promise<Result<unknown>> {
    owner ??= ownModule(file);
    const owned = await owner;
    if (!owned.ok) {
      owner = null;
      return owned;
    }
    switch (call.call) {
      case 'survey':
        return plain(await owned.value.survey());
      case 'locate':
        return plain(await owned.value.locate(call.key));
      case 'open':
        return owned.value.open(call.key, call.pin);
      case 'sign':
        return plain(await owned.value.sign(call.session, call.tbs));
      case 'close':
        await owned.value.close(call.session);
        return ok(null);
      case 'watch':
        if (!isWatched) owned.value.onChange(() => port.postMessage({ event: 'changed' }));
        isWatched = true;
        return ok(null);
    }
  }

  listen(port, {
    message(message) {
      const call = moduleCallSchema.safeParse(message);
      if (!call.success) return;
      const { id } = call.data;
      void answer(call.data)
        .catch((): Result<unknown> => fail('driver-garbage'))
        .then((result) => port.postMessage({ id, result }));
    },
    close() {
      void owner?.then((owned) => owned.ok && owned.value.end()).finally(gone);
      if (!owner) gone();
    },
  });
}
