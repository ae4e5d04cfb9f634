/** One command for everything: the server restarts on change, Vite serves the client and passes the rest on. */
import concurrently from 'concurrently';
import { root } from './lib/fresh.mjs';

const { result } = concurrently(
  [
    {
      name: 'server',
      command: 'node --conditions=source --import tsx --watch-preserve-output --watch server/src/main.ts',
      prefixColor: 'blue',
    },
    { name: 'client', command: 'node node_modules/vite/bin/vite.js client', prefixColor: 'green' },
  ],
  { cwd: root, killOthersOn: ['failure', 'success'], prefix: 'name' },
);
result.catch(() => process.exit(1));
