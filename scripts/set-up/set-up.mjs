import { build } from './build.mjs';
import { electron } from './electron.mjs';
import { node } from './node.mjs';
import { packages } from './packages.mjs';
import { runSteps } from './step.mjs';
import { electronLibraries, testLibraries } from './system-libraries.mjs';

/** For what needs no build: lint, types, unit tests. */
export const setUpPackages = () => runSteps([packages, node]);

/** For the terminal companion: no Electron, and nothing of the system. */
export const setUpTerminal = () => runSteps([packages, node, build]);

/** For packaging: Electron is copied, not run. */
export const setUpElectron = () => runSteps([packages, node, electron, build]);

/** For the app. */
export const setUpApp = () => runSteps([packages, node, electron, electronLibraries, build]);

/** For the app on the test desktop. */
export const setUpTests = () => runSteps([packages, node, electron, testLibraries, build]);
