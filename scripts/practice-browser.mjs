#!/usr/bin/env node
import { join } from 'node:path';
import { attach } from './run/attach.mjs';
import { main } from './run/main.mjs';
import { programEnvironment } from './set-up/environment.mjs';
import { nodeExecutable } from './set-up/node.mjs';
import { root } from './set-up/paths.mjs';

/** `BROWSER` of a practice run without a display: opens the URL and approves, as a person would in the page. */
await main((args) =>
  attach(
    nodeExecutable(),
    [join(root, 'tests', 'support', 'practice', 'approve.ts'), ...args],
    programEnvironment(process.env),
  ),
);
