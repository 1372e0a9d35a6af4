import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contractForBrowsers } from './contract-for-browsers.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `FLOTILLA_URL` is the server that `vite` (the development server) passes API calls on to. */
const server = process.env.FLOTILLA_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: here('.'),
  plugins: [react(), contractForBrowsers(here('../contract/src/'))],
  server: { proxy: { '/api': { target: server, secure: false } } },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // Every file stays a file: the content policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A file of its own for each icon costs more to ask for than to send: one file with what every page needs, and one with
    // what several need.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'], priority: 1 },
            { name: 'shared', minShareCount: 3 },
          ],
        },
      },
    },
    // `build.ts` judges what a first load weighs, compressed.
    chunkSizeWarningLimit: 1000,
  },
});
