/** One command for everything: the server restarts on change, Vite serves the client and passes the rest on. */
import concurrently from 'concurrently';
import { root } from './lib/fresh.mjs';
import { loadSettings } from './lib/settings.mjs';

loadSettings();

const { result } = concurrently(
  [
    {
      name: 'server',
      command: 'node --conditions=source --import tsx --watch-preserve-output --watch server/src/main.ts',
      prefixColor: 'blue',
      // Pages come from Vite, and the server takes writes from its own pages only.
      env: { PUBLIC_URL: process.env.PUBLIC_URL || 'http://localhost:5173' },
    },
    { name: 'client', command: 'node node_modules/vite/bin/vite.js client', prefixColor: 'green' },
  ],
  { cwd: root, killOthersOn: ['failure', 'success'], prefix: 'name' },
);
result.catch(() => process.exit(1));
