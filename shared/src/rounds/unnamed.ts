/** What a circle lets exports say of its worry or objection, beside what everyone at the table was shown. */
export interface Told {
  position: 'consent' | 'concern' | 'objection';
  dissent: 'named' | 'unnamed' | 'inside';
  /** Given after the others were shown: exports made before and after it tell whose it is. */
  isLate: boolean;
}

/** Fewer can be asked, and any reader who sits in one of them knows that it was the other. */
export const FEWEST_CIRCLES_TO_HIDE_AMONG = 3;

/**
 * Whether a worry or objection without a name stays without one. A reader can take away every circle that is named,
 * and those that answered by themselves; one who sits in a circle can take away that one too. There must then be
 * more circles left that could have said it than there are who did. Where not, none of them is told. One that came
 * after the showing has nobody to hide among: it is not to be told, and is no reason to leave out the others.
 */
export function hidesUnnamed(answers: readonly Told[]): boolean {
  const isDissent = ({ position }: Told) => position !== 'consent';
  const unnamed = answers.filter((each) => isDissent(each) && each.dissent === 'unnamed' && !each.isLate);
  const couldBe = answers.filter((each) => !each.isLate && !(isDissent(each) && each.dissent === 'named'));
  return couldBe.length - 1 > unnamed.length;
}
