import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions } from 'vite';
import packageJson from './package.json' with { type: 'json' };

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** A program of its own beside each of the two that start it (`keychain.ts`). */
const keychainHelper = { 'keychain-helper': 'src-main/vault/keychain-helper.ts' };

/** One folder of bundles for Node or Electron's main process: everything inside but Node's own modules and native parts. */
function nodeBundle(
  folder: string,
  entries: Record<string, string>,
  format: 'es' | 'cjs',
): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron', 'keytar'], builtins: [/^node:/] },
    build: {
      outDir: path(`out/${folder}`),
      emptyOutDir: true,
      target: 'node24',
      minify: true,
      sourcemap: 'hidden',
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path(file)])),
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
        external: ['electron', 'keytar', /^node:/],
      },
    },
  };
}

export default defineConfig({
  root: 'src-renderer',
  publicDir: false,
  plugins: [react()],
  define: {
    // The runtime this build is meant for: any other one is a stand-in (docs/architecture.md, "Runtime").
    __PINNED_ELECTRON__: JSON.stringify(packageJson.devDependencies.electron),
    __VERSION__: JSON.stringify(packageJson.version),
  },
  environments: {
    client: {
      build: {
        outDir: path('out/renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        // A data: URL would need a hole in the content security policy.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
    },
    main: nodeBundle('main', { main: 'src-main/main.ts', ...keychainHelper }, 'es'),
    // A sandboxed preload script has to be CommonJS in one file.
    preload: nodeBundle('preload', { preload: 'src-preload/preload.ts' }, 'cjs'),
    terminal: nodeBundle('terminal', { latchkey: 'src-main/terminal/latchkey.ts', ...keychainHelper }, 'es'),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
});
