'use strict';
// Plain JavaScript: the installer runs it before anything is installed.
const fs = require('node:fs');
const path = require('node:path');

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function onPath(environment) {
  return (environment.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find(isExecutable);
}

function fromPlaywright() {
  try {
    const file = require('playwright-core').chromium.executablePath();
    return isExecutable(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** The Chromium to use: CHROMIUM_PATH, a system one, Playwright's own; undefined when there is none. */
function findChromium(environment = process.env) {
  const chosen = environment.CHROMIUM_PATH;
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROMIUM_PATH names no program: ${chosen}`);
    return chosen;
  }
  return onPath(environment) ?? fromPlaywright();
}

module.exports = { findChromium };
