import type { en } from './en/index.ts';

/** Every text of the product in one language. A language that lacks one does not compile. */
export type Catalogue = typeof en;
