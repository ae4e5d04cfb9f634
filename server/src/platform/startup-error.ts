/** The server cannot start; the message is a whole sentence for the host admin, who sees nothing else. */
export class StartupError extends Error {
  constructor(sentence: string, options: { cause?: unknown } = {}) {
    super(sentence, { cause: options.cause });
    this.name = 'StartupError';
  }
}
