/** Time for the browser to begin writing the file before its memory is given back. */
const RELEASE_AFTER_MS = 30_000;

/** Puts a file among this device's downloads. */
export function saveFile({ name, content }: { name: string; content: Blob }): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_AFTER_MS);
}
