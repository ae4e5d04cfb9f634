/** The file is not something that can be replayed; the message is a sentence for whoever chose it. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}
