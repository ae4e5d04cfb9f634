/** For a server that is started with it: each SIGUSR2 makes its clock sixteen minutes later. */
const now = Date.now;
let laterMs = 0;
process.on('SIGUSR2', () => (laterMs += 16 * 60_000));
Date.now = () => now() + laterMs;
