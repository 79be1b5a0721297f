import react from '@vitejs/plugin-react';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import packageJson from './package.json' with { type: 'json' };
import { insteadOf } from './scripts/bundling/instead-of.mjs';
import { startFile } from './scripts/bundling/start-file.mjs';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
/** Elsewhere for whoever compares two builds. */
const out = process.env['LATCHKEY_BUILD_FOLDER'] ?? path('out');

/** A program of its own beside each of the two that start it (`keychain.ts`). */
const keychainHelper = { 'keychain-helper': 'src-main/vault/keychain/keychain-helper.ts' };

/** The files of the `latchkey` command, each whole in itself: the first is what is run, and loads others where it has to. */
const terminalFiles = {
  latchkey: 'src-main/terminal/latchkey.ts',
  'node-command': 'src-main/terminal/node-command.ts',
  ...keychainHelper,
  // Of the tarball only: no desktop package has it.
  'practice-server': 'tests/support/practice/practice-server.ts',
  'practice-approve': 'tests/support/practice/browser.ts',
};

interface NodeBundle {
  /** In `out/`. */
  readonly folder: string;
  readonly entries: Readonly<Record<string, string>>;
  readonly format: 'es' | 'cjs';
  readonly target?: string;
  /** One of several that are built into its folder. */
  readonly isOneFile?: boolean;
  readonly banner?: string;
  /** What finds its classes by their names. */
  readonly keepsClassNames?: boolean;
}

/** Left as they are, which is smaller than restoring them by calls. */
const KEPT = { class: true, function: false } as const;
const WITH_CLASS_NAMES = { mangle: { keepNames: KEPT }, compress: { keepNames: KEPT } } as const;

/** What every start needs is loaded as a whole; the rest as it is needed. */
const IN_FEW_FILES = {
  // Else a file for one would take along what both need.
  includeDependenciesRecursively: false,
  groups: [{ name: startFile({ app: path('src-main/main.ts'), command: path('src-main/command.ts') }) }],
};

/** A bundle for Node or Electron's main process: everything inside but Node's own modules and native parts. */
function nodeBundle({
  folder,
  entries,
  format,
  target = 'node24',
  isOneFile = false,
  banner = '',
  keepsClassNames = false,
}: NodeBundle): EnvironmentOptions {
  return {
    consumer: 'server',
    // Without it Node's bundles take React's development build.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    resolve: {
      noExternal: true,
      external: ['electron', 'keytar'],
      builtins: [/^node:/, ...builtinModules],
    },
    build: {
      outDir: join(out, folder),
      emptyOutDir: !isOneFile,
      target,
      minify: true,
      sourcemap: 'hidden',
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path(file)])),
        output: {
          format,
          banner,
          ...(keepsClassNames ? { minify: WITH_CLASS_NAMES } : {}),
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // What is CommonJS here has to be one file: a sandboxed preload script cannot load another.
          codeSplitting: format === 'cjs' ? false : IN_FEW_FILES,
        },
        external: ['electron', 'keytar', /^node:/],
        // As libraries bring it along; nothing of ours has it.
        checks: { eval: false },
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
/** `terminal_…`, each for one file. */
const terminalBundles = Object.fromEntries(
  Object.entries(terminalFiles).map(([name, file]) => [
    // Vite takes no hyphen there.
    `terminal_${name.replaceAll('-', '_')}`,
    nodeBundle({
      folder: 'terminal',
      entries: { [name]: file },
      format: 'cjs',
      target: 'node22.13',
      isOneFile: true,
      banner: name === 'latchkey' ? '#!/usr/bin/env node' : '',
      // oidc-provider does.
      keepsClassNames: name === 'practice-server',
    }),
  ]),
);

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

/** Leaves the window's script compressed: it is a third of the archive, and nobody waits for it (`app-protocol.ts`). */
function scriptCompressed(): Plugin {
  return {
    name: 'script-compressed',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          if (file.type !== 'chunk' || file.code.length < COMPRESSED_FROM) continue;
          Reflect.deleteProperty(bundle, fileName);
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(file.code) });
        }
      },
    },
  };
}

/** Characters. */
const COMPRESSED_FROM = 100_000;

/** What is bundled in the place of packages that do more than is needed. */
function insteadOfPackages(): Plugin {
  return { name: 'instead-of', apply: 'build', enforce: 'pre', resolveId: insteadOf };
}

export default defineConfig({
  root: 'src-renderer',
  publicDir: false,
  plugins: [react(), stylesInPage(), scriptCompressed(), insteadOfPackages()],
  define: {
    // The runtime this build is meant for: any other one is a stand-in (docs/architecture.md, "Runtime").
    __PINNED_ELECTRON__: JSON.stringify(packageJson.devDependencies.electron),
    __VERSION__: JSON.stringify(packageJson.version),
    __PROBLEMS_PAGE__: JSON.stringify(problemsPage(packageJson)),
  },
  environments: {
    client: {
      build: {
        outDir: join(out, 'renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        // A data: URL would need a hole in the content security policy.
        assetsInlineLimit: 0,
        modulePreload: false,
      },
    },
    main: nodeBundle({
      folder: 'main',
      entries: { start: 'src-main/start.ts', ...keychainHelper },
      format: 'es',
    }),
    // A sandboxed preload script has to be CommonJS in one file.
    preload: nodeBundle({ folder: 'preload', entries: { preload: 'src-preload/preload.ts' }, format: 'cjs' }),
    ...terminalBundles,
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
});
