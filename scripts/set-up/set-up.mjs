import { build } from './build.mjs';
import { electron } from './electron.mjs';
import { keychain, keychainIfCheap } from './keychain.mjs';
import { node } from './node.mjs';
import { packages } from './packages.mjs';
import { runSteps } from './step.mjs';
import { electronLibraries, testLibraries, wineProgram } from './system-libraries.mjs';
import { windowsNode } from './windows-node.mjs';

/** For what needs no build: lint, types, unit tests. */
export const setUpPackages = () => runSteps([packages, node]);

/** For the terminal companion: no Electron. */
export const setUpTerminal = () => runSteps([packages, node, keychainIfCheap, build]);

/** For packaging: Electron is copied, not run. */
export const setUpElectron = () => runSteps([packages, node, electron, keychain, build]);

/** For the app. */
export const setUpApp = () => runSteps([packages, node, electron, electronLibraries, keychain, build]);

/** For the app on the test desktop, where `npm start` has to find everything done, too. */
export const setUpTests = () =>
  runSteps([packages, node, electron, electronLibraries, testLibraries, keychain, build]);

/** For the command on what stands for Windows here. */
export const setUpWine = () => runSteps([packages, node, build, wineProgram, windowsNode]);
