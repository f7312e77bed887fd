// Takes away what an unpacked runtime brings along and a program must not hold.
const fs = require('node:fs');
const path = require('node:path');

exports.default = async ({ appOutDir, electronPlatformName }) => {
  if (electronPlatformName !== 'linux') return;
  for (const file of ['resources/default_app.asar', 'runtime.json', 'version']) fs.rmSync(path.join(appOutDir, file), { force: true });
};
