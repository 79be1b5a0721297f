import { spawnSync } from 'node:child_process';
import { root } from '../set-up/paths.mjs';

/**
 * When what is packed was written, in seconds: the last commit's time, so that two builds of one commit are the same
 * (reproducible-builds.org, "SOURCE_DATE_EPOCH"). Outside of git 1980, the least that a zip can hold.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {number}
 */
export function sourceDate(environment) {
  const given = Number(environment['SOURCE_DATE_EPOCH']);
  if (Number.isSafeInteger(given) && given > 0) return given;
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  const committed = Number(stdout?.trim());
  return Number.isSafeInteger(committed) && committed > 0 ? committed : 315_532_800;
}
