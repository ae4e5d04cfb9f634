/**
 * JSON with blanks behind it, a whole number of times `stepBytes` long: what is sealed keeps its length, and
 * that must not tell a yes from a no, or how many have spoken.
 */
export function padded(value: unknown, stepBytes: number): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  const bytes = Buffer.alloc(Math.ceil(json.length / stepBytes) * stepBytes, ' ');
  json.copy(bytes);
  return bytes;
}
