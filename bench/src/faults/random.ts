/** Numbers that look random and are the same again for the same seed. */
export interface Random {
  /** From 0 to below 1. */
  share(): number;
  /** A whole number from 0 to below the limit. */
  below(limit: number): number;
  /** A number between the two. */
  between(least: number, most: number): number;
  /** Whether something with this chance happens. */
  chance(of: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32: small, and even enough to choose moments by. A name gives each scenario numbers of its own. */
export function createRandom(seed: number, name: string): Random {
  let state = seed >>> 0;
  for (const character of name) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x0100_0193) >>> 0;
  const share = (): number => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    share,
    below: (limit) => Math.floor(share() * limit),
    between: (least, most) => least + share() * (most - least),
    chance: (of) => share() < of,
    pick: (from) => {
      const picked = from[Math.floor(share() * from.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
  };
}
