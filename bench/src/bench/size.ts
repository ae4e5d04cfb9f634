/** How much of a scenario is played. */
export interface Size {
  /** Of measured typing, where there is any. */
  seconds: number;
  /** Of its people, writers and rooms: 1 in a run that counts, less to see that it works. */
  scale: number;
}

/** @param least below it the scenario would say nothing */
export const scaled = (count: number, { scale }: Size, least = 1): number =>
  Math.max(Math.min(count, least), Math.round(count * scale));
