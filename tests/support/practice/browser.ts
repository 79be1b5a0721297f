// The browser of `latchkey practice` where there is no display: opens the address it is given, and approves.
import { approve } from './approve.ts';

void approve(process.argv[2] ?? '');
