import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { earlyScripts } from './build/early-scripts.ts';
import { precompress } from './build/precompress.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = 'http://localhost:3000';

export default defineConfig({
  root: here('.'),
  plugins: [react(), earlyScripts(['exit', 'early']), precompress(here('dist'))],
  resolve: {
    // What the `source` condition of @longtable/shared says, without asking other packages for their sources.
    alias: [
      { find: /^@longtable\/shared\/(.+\.json)$/, replacement: here('../shared/src/$1') },
      { find: /^@longtable\/shared\/(.+)$/, replacement: here('../shared/src/$1.ts') },
    ],
    dedupe: ['yjs', 'react', 'react-dom'],
  },
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: ['chrome88', 'safari15', 'firefox91'],
    // Nothing inline: the content security policy allows files of this server only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { main: here('index.html'), exit: here('src/exit.ts'), early: here('src/early.ts') },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': server,
      '/x': server,
      '/healthz': server,
      '/socket.io': { target: server, ws: true },
    },
  },
});
