// Ends this process when the ones that started it are gone, so that killing a wrapper leaves nothing running.
import fs from 'node:fs';

const CHECK_EVERY_MS = 500;
const GRACE_MS = 5000;

/** npm starts a shell that starts us; when npm is killed the shell waits on, so npm itself has to be watched. */
const underNpm = process.platform === 'linux' && ['kense', 'start'].includes(process.env.npm_lifecycle_event);

function parentOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

const starters = () => [process.ppid, underNpm ? parentOf(process.ppid) : null];
const [parent, grandparent] = starters();

function startersAlive() {
  if (process.platform !== 'win32') {
    const now = starters();
    return now[0] === parent && now[1] === grandparent;
  }
  try {
    process.kill(parent, 0);
    return true;
  } catch {
    return false;
  }
}

const timer = setInterval(() => {
  if (startersAlive()) return;
  clearInterval(timer);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
}, CHECK_EVERY_MS);
timer.unref();
