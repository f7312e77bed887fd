import { MessageChannelMain, type MessagePortMain, type UtilityProcess } from 'electron';
import { fork } from './fork.ts';

/** Starts the process that reads pictures. The port is for the core; it closes when the process ends. */
export function forkPictures(): { child: UtilityProcess; port: MessagePortMain } {
  const child = fork('picture-process');
  const { port1, port2 } = new MessageChannelMain();
  child.postMessage(null, [port1]);
  return { child, port: port2 };
}
