import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import packageJson from './package.json' with { type: 'json' };

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** A program of its own beside each of the two that start it (`keychain.ts`). */
const keychainHelper = { 'keychain-helper': 'src-main/vault/keychain/keychain-helper.ts' };

/** One folder of bundles for Node or Electron's main process: everything inside but Node's own modules and native parts. */
function nodeBundle(
  folder: string,
  entries: Record<string, string>,
  format: 'es' | 'cjs',
): EnvironmentOptions {
  return {
    consumer: 'server',
    // Without it Node's bundles take React's development build.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
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

/** Where package.json says that problems are reported, if it does; https, since it is handed to a browser. */
function problemsPage(description: object): string | null {
  const { bugs } = description as { readonly bugs?: { readonly url?: string } };
  const url = bugs?.url ?? null;
  if (url !== null && !url.startsWith('https://'))
    throw new Error(`package.json: bugs.url is not https: ${url}`);
  return url;
}

/** Puts the window's styles into its page: fetching them would hold the first picture up. */
function stylesInPage(): Plugin {
  return {
    name: 'styles-in-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) =>
        html.replace(/<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/, (link, name: string) => {
          const styles = bundle[name];
          if (styles?.type !== 'asset') return link;
          Reflect.deleteProperty(bundle, name);
          return `<style>${String(styles.source)}</style>`;
        }),
    },
  };
}

export default defineConfig({
  root: 'src-renderer',
  publicDir: false,
  plugins: [react(), stylesInPage()],
  define: {
    // The runtime this build is meant for: any other one is a stand-in (docs/architecture.md, "Runtime").
    __PINNED_ELECTRON__: JSON.stringify(packageJson.devDependencies.electron),
    __VERSION__: JSON.stringify(packageJson.version),
    __PROBLEMS_PAGE__: JSON.stringify(problemsPage(packageJson)),
  },
  environments: {
    client: {
      build: {
        outDir: path('out/renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        // A data: URL would need a hole in the content security policy.
        assetsInlineLimit: 0,
        modulePreload: false,
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
