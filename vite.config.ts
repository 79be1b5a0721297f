import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions } from 'vite';
import packageJson from './package.json' with { type: 'json' };

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** One bundle for Node or Electron's main process: everything inside but Node's own modules and native parts. */
function nodeBundle(entry: string, file: string, format: 'es' | 'cjs'): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron', 'keytar'], builtins: [/^node:/] },
    build: {
      outDir: path(`out/${file.slice(0, file.indexOf('/'))}`),
      emptyOutDir: true,
      target: 'node24',
      minify: true,
      sourcemap: 'hidden',
      rolldownOptions: {
        input: path(entry),
        output: {
          format,
          entryFileNames: file.slice(file.indexOf('/') + 1),
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
    main: nodeBundle('src-main/main.ts', 'main/main.js', 'es'),
    // A sandboxed preload script has to be CommonJS in one file.
    preload: nodeBundle('src-preload/preload.ts', 'preload/preload.cjs', 'cjs'),
    terminal: nodeBundle('src-main/terminal/latchkey.ts', 'terminal/latchkey.js', 'es'),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
});
