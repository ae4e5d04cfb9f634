/**
 * Closed option lists (domain.md parts 1, 2, 3, 6). Every key is unique across all lists, because an
 * option has one text wherever it appears. Stored in documents, so never renamed.
 */

export const yesNo = ['yes', 'no', 'not-sure'] as const;

export const level = ['individual', 'relationship', 'community', 'societal'] as const;

export const stage = ['primary-prevention', 'secondary-prevention', 'tertiary-prevention'] as const;

/** The five domains of wellbeing (Full Frame Initiative), and changes that are about a system instead. */
export const wellbeingDomain = [
  'social-connectedness',
  'safety',
  'stability',
  'mastery',
  'relevant-resources',
  'system',
] as const;

export const confidence = ['very-sure', 'fairly-sure', 'guess'] as const;

export const sourceKind = [
  'lived-experience',
  'community-knowledge',
  'work-practice',
  'research',
  'public-record',
  'news',
  'other-source',
] as const;

export const disagreementStatus = ['open', 'parked', 'settled'] as const;

export const helpEffect = ['helped', 'did-both', 'harmed-or-controlled', 'not-offered'] as const;

export const keptOrDropped = ['kept', 'dropped'] as const;

export const likelihood = ['unlikely', 'possible', 'likely'] as const;

/** What the owner of a safety practice answers. The first is a safety objection; it never names the practice. */
export const practiceAnswer = ['makes-harder', 'does-not-make-harder', 'cannot-tell-yet'] as const;

export const askStatus = ['not-sent', 'sent', 'answered', 'promise-kept', 'refused'] as const;

/** How a small count is treated: 5 inside a partnership, 11 in public, or words in place of numbers. */
export const suppression = ['hide-below-5', 'hide-below-11', 'own-sentence'] as const;

export const power = [
  'sets-agenda',
  'drafts',
  'decides',
  'holds-money',
  'speaks-in-public',
  'can-stop',
] as const;

/**
 * What an organisation is. Nothing here says that a group is of survivors, families or workers: a circle's
 * kind is known inside it only, so such a group is a community group like any other.
 */
export const partnerType = [
  'community-group',
  'ngo',
  'frontline-service',
  'duty-bearer',
  'funder',
  'enforcement',
  'other-partner',
] as const;

export const fromHere = ['from-here', 'partly-from-here', 'not-from-here'] as const;

export const signed = ['signed', 'not-yet-signed'] as const;

/** How far words may go. Publicity is missing on purpose: it is always a separate yes. */
export const consentScope = [
  'scope-self',
  'scope-circle',
  'scope-partners',
  'scope-export',
  'scope-public',
] as const;

export const publicity = ['never', 'ask-each-time'] as const;

export const attribution = ['attribution-none', 'attribution-circle', 'attribution-pseudonym'] as const;

export const enforcementBody = ['police', 'immigration', 'prosecutor', 'court'] as const;

export const contactKind = ['contact-none', 'survivor-asked', 'case-by-case', 'joint'] as const;

export const conditionType = [
  'le-letter',
  'joint-bid',
  'le-cooperation',
  'pledge',
  'data-sharing',
  'metric',
  'publicity-condition',
  'other-condition',
] as const;

export const conditionResponse = ['accept', 'negotiate', 'refuse', 'work-around'] as const;

export const wordsAfterLeaving = ['handed-over', 'deleted', 'handed-over-then-deleted'] as const;
