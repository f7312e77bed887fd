import { spawnSync } from 'node:child_process';

/** What the window needs, with or without a real display. */
export const WINDOW_PACKAGES = ['libnss3', 'libgtk-3-0', 'libasound2', 'libgbm1', 'libatk-bridge2.0-0', 'libcups2', 'libdrm2', 'libxss1'];
/** A display that nobody sees. */
export const VIRTUAL_DISPLAY_PACKAGES = ['xvfb', 'xauth'];
/** Compiles the database module for older runtimes, and the PKCS#11 module. */
export const COMPILER_PACKAGES = ['g++', 'make', 'python3'];
/** Foreign judges of what the program makes, and the database a real court runs the registry on. */
export const TEST_PACKAGES = [
  'poppler-utils',
  'qpdf',
  'openssl',
  'libengine-gost-openssl',
  'gostsum',
  'libnss3-tools',
  'xmlsec1',
  // Reads the QR codes of printed papers.
  'zbar-tools',
  'libxml2-utils',
  // Looks into spreadsheets.
  'unzip',
  'postgresql',
  // A token in software behind a real PKCS#11 module, and its foreign reader.
  'softhsm2',
  'opensc',
  'chromium',
  // Scanning, with a test device that needs no scanner.
  'sane-utils',
  // A print queue, and what speaks to it.
  'cups-daemon',
  'cups-client',
  // Reads the registry's metrics as Prometheus would.
  'python3-prometheus-client',
  // The mail server that takes the registry's notices.
  'python3-aiosmtpd',
  // NIST's PKITS, the judge of certification paths.
  'python3-cryptography-vectors',
];

function missingPackages(names) {
  const list = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}\t${Package}\t${Provides}\n'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (list.error || list.status !== 0) return null;
  const present = new Set();
  for (const line of list.stdout.split('\n')) {
    const [status, name, provides] = line.split('\t');
    if (status !== 'installed') continue;
    present.add(name);
    for (const provided of (provides ?? '').split(',')) present.add(provided.trim().split(' ')[0]);
  }
  return names.filter((name) => !present.has(name));
}

/**
 * Installs Debian packages through apt-get when root, otherwise prints the one command that does it.
 * Answers the names that are still missing; an empty list also where there is no dpkg.
 */
export function ensureDebianPackages(names) {
  if (process.platform !== 'linux') return [];
  const missing = missingPackages(names);
  if (missing === null || missing.length === 0) return [];
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid() !== 0) {
    process.stderr.write(`kense: packages are missing; install them with\n\n  sudo ${install.join(' ')}\n\n`);
    return missing;
  }
  process.stderr.write(`kense: installing ${missing.join(' ')}\n`);
  const options = { stdio: ['ignore', 'ignore', 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = (args) => spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=600', ...args], options).status === 0;
  apt(['update']);
  apt(install.slice(1));
  return missingPackages(names) ?? [];
}
