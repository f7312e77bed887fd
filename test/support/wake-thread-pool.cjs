/**
 * Loaded into every process that runs tests. A C library before 2.41 may lose the wake-up of the thread pool (sourceware.org, bug 25847): a file that is
 * read then waits for ever, unless something else is asked of the pool. So something is, each second.
 */
const { stat } = require('node:fs');

setInterval(() => stat(process.execPath, () => undefined), 1000).unref();
