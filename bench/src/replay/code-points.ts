/**
 * Turns positions in code points into positions in UTF-16 units, by knowing where a text's characters of
 * two units stand. Costs nothing while there are none.
 */
export class CodePoints {
  /** In UTF-16 units, ascending: where each two-unit character begins. */
  #wide: number[] = [];

  get wideCount(): number {
    return this.#wide.length;
  }

  toUtf16(position: number): number {
    return position + this.#firstFrom((offset, nth) => offset - nth >= position);
  }

  /** The text has changed: `deletedUnits` went at `index` and `inserted` came there. */
  splice(index: number, deletedUnits: number, inserted: string): void {
    const from = this.#firstFrom((offset) => offset >= index);
    const to = this.#firstFrom((offset) => offset >= index + deletedUnits);
    const shift = inserted.length - deletedUnits;
    for (let i = to; i < this.#wide.length; i++) this.#wide[i] = (this.#wide[i] ?? 0) + shift;
    const fresh = [...inserted.matchAll(/[\ud800-\udbff]/g)].map((match) => index + match.index);
    if (to > from || fresh.length > 0) this.#wide.splice(from, to - from, ...fresh);
  }

  /** How many wide characters come before the first for which `isAfter` holds; it holds for all that follow. */
  #firstFrom(isAfter: (offset: number, nth: number) => boolean): number {
    let low = 0;
    let high = this.#wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isAfter(this.#wide[middle] ?? 0, middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
