import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps something a test made for people to look at: it is in the checkout's `artifacts/` after the run. */
export function keepArtifact(name: string, data: string | Uint8Array): string {
  const path = artifactPath(name);
  writeFileSync(path, data);
  return path;
}

/** @throws Error outside the test desktop */
export function artifactPath(name: string): string {
  return join(desktopVariable('LATCHKEY_TEST_ARTIFACTS'), name);
}

/** A variable that desktop.ts sets. */
export function desktopVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error('This runs on the test desktop only: npm test -- e2e');
  return value;
}
