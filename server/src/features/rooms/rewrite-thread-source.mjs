import { register } from 'tsx/esm/api';

// From source only: a thread's first file must be JavaScript, and this one teaches it to read the rest.
register();
await import('./rewrite-thread.ts');
