import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { insteadOf } from '../../../scripts/bundling/instead-of.mjs';

/** From now on packages are what they are in the bundle, for whoever imports them. */
export function resolveAsBundled(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const importer = context.parentURL?.startsWith('file:') ? fileURLToPath(context.parentURL) : undefined;
      const file = insteadOf(specifier, importer);
      return file === null ? next(specifier, context) : { url: pathToFileURL(file).href, shortCircuit: true };
    },
  });
}
