import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** @import { Plugin } from 'vite' */

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * The gallery: one page, in one file that any browser opens, of every state of every view. Development only, and no
 * part of the app's build (vite.config.ts). `npx vite --config src-renderer/gallery/vite.config.mjs` serves it while
 * one works on it, as `/gallery.html`.
 */
export default defineConfig({
  root: path('.'),
  plugins: [react(), inOneFile()],
  // The pictures do not change with it.
  define: { __VERSION__: '"1.0.0"' },
  server: { fs: { allow: [path('../..')] } },
  build: {
    outDir: path('../../artifacts/gallery'),
    // The pictures of earlier runs lie beside it.
    emptyOutDir: false,
    target: 'chrome140',
    assetsInlineLimit: Infinity,
    modulePreload: false,
    rolldownOptions: { input: path('gallery.html') },
  },
});

/**
 * Puts script and style into the page itself: from a file, a browser loads no module.
 *
 * @returns {Plugin}
 */
function inOneFile() {
  return {
    name: 'in-one-file',
    enforce: 'post',
    apply: 'build',
    generateBundle(_options, bundle) {
      const page = bundle['gallery.html'];
      if (page?.type !== 'asset') return;
      let html = String(page.source);
      for (const [name, file] of Object.entries(bundle)) {
        if (file === page) continue;
        const isScript = file.type === 'chunk';
        const text = isScript ? file.code.replaceAll('</script', '<\\/script') : String(file.source);
        const tag = isScript ? `<script type="module">${text}</script>` : `<style>${text}</style>`;
        const link = new RegExp(`<(?:script|link)[^>]*"[^"]*${name}"[^>]*>(?:</script>)?`);
        html = html.replace(link, () => tag);
        delete bundle[name];
      }
      page.source = html;
    },
  };
}
