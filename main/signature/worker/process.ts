import { parentPort } from 'node:worker_threads';
import { serveWorker } from './serve-worker.ts';

/** Entry of the worker thread that verifies files. */
if (parentPort === null) throw new Error('not a worker thread');
serveWorker(parentPort);
