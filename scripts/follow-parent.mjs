// Ends this process when the one that started it is gone, so that killing a wrapper leaves nothing running.
const parent = process.ppid;
const CHECK_EVERY_MS = 500;
const GRACE_MS = 5000;

const parentAlive = () => {
  if (process.platform !== 'win32') return process.ppid === parent;
  try {
    process.kill(parent, 0);
    return true;
  } catch {
    return false;
  }
};

const timer = setInterval(() => {
  if (parentAlive()) return;
  clearInterval(timer);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
}, CHECK_EVERY_MS);
timer.unref();
