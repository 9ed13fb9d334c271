'use strict';
// Installs what is missing, then runs the command that follows on the Node version that the manifest names.
// Plain JavaScript without dependencies: it runs on the system's Node before anything is installed.
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { findChromium } = require('./tooling/find-chromium.cjs');

const root = path.dirname(__dirname);
const modules = path.join(root, 'node_modules');
const bin = path.join(modules, '.bin');

const say = (text) => console.log(`[install] ${text}`);

function run(command, args, options = {}) {
  say(`${command} ${args.join(' ')}`);
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (done.error) throw new Error(`${command} could not be started: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

const readPackages = (file) => JSON.parse(fs.readFileSync(file, 'utf8')).packages;

/**
 * Why node_modules is not what the lock file asks for; undefined when it is.
 * npm leaves a record of a finished installation (and of no other) in node_modules/.package-lock.json.
 */
function whyStale(folder) {
  const record = path.join(folder, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(record)) return 'node_modules is missing or was not finished';
  const installed = readPackages(record);
  for (const [name, wanted] of Object.entries(readPackages(path.join(folder, 'package-lock.json')))) {
    // The root itself, links into the repository, and optional packages made for other systems are not recorded.
    if (name === '' || wanted.link || (wanted.optional && !installed[name])) continue;
    const found = installed[name];
    if (!found || found.version !== wanted.version || found.integrity !== wanted.integrity) {
      return `${name} is not as the lock file says`;
    }
  }
  return undefined;
}

function installModules() {
  const reason = whyStale(root);
  if (reason !== undefined) {
    say(`${reason}: installing the packages of package-lock.json (once, a few minutes)`);
    run('npm', ['ci', '--no-audit', '--no-fund']);
  }
  if (!fs.existsSync(path.join(bin, 'node'))) {
    say('the node package has no program (install scripts were off): fetching it');
    run('npm', ['rebuild', 'node', '--ignore-scripts=false']);
  }
}

// Not Ubuntu: its package of this name only points to a snap, which does not start in a container.
function isDebian() {
  try {
    return /^ID="?debian"?$/m.test(fs.readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function installDebianChromium() {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  run('apt-get', ['update', '-q'], options);
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
}

function installPlaywrightChromium(asRoot) {
  const playwright = path.join(modules, 'playwright-core', 'cli.js');
  run(path.join(bin, 'node'), [playwright, 'install', ...(asRoot ? ['--with-deps'] : []), 'chromium']);
}

/** Only the browser tests need it, so a failure is told and the command goes on. */
function installChromium() {
  if (findChromium() !== undefined) return;
  say('no Chromium on this machine (the browser tests need one)');
  const asRoot = os.platform() === 'linux' && process.getuid() === 0;
  const ways = [
    ...(asRoot && isDebian() ? [installDebianChromium] : []),
    () => installPlaywrightChromium(asRoot),
    () => installPlaywrightChromium(false),
  ];
  for (const install of ways) {
    try {
      install();
      if (findChromium() !== undefined) return;
    } catch (error) {
      say(error.message);
    }
  }
  say('no Chromium could be installed: install one and set CHROMIUM_PATH to its program');
}

function checkJava() {
  const home = process.env.JAVA_HOME;
  const found = spawnSync(home ? path.join(home, 'bin', 'java') : 'java', ['-version'], { encoding: 'utf8' });
  const version = /version "(\d+)/.exec(found.stderr ?? '')?.[1];
  if (version === undefined) say('no Java found: the real Keycloak server needs Java 17 or newer');
  else if (Number(version) < 17) say(`Java ${version} is too old: the real Keycloak server needs 17 or newer`);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node ${process.versions.node} is too old: 20.19 or newer is needed`);
  }
}

/** Runs the command in the foreground with the packages' programs first on the path, and ends as it ends. */
function runCommand([command, ...args]) {
  const environment = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(command, args, { cwd: root, env: environment, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`[install] ${command} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (os.constants.signals[signal] ?? 0);
  });
}

function main(command) {
  try {
    checkNode();
    installModules();
    installChromium();
    checkJava();
  } catch (error) {
    console.error(`[install] ${error.message}`);
    process.exitCode = 1;
    return;
  }
  if (command.length > 0) runCommand(command);
}

if (require.main === module) main(process.argv.slice(2));

module.exports = { whyStale, findChromium };
