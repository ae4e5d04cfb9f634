import canonicalize from 'canonicalize';
import { encodeUtf8 } from 'lib0/string';
import type { CanonicalSection } from './canonical.ts';

/**
 * The exact bytes that a circle consents to: RFC 8785 JSON of the section, every string in NFC, in UTF-8.
 * Two sections that read the same give the same bytes, whoever typed them on whatever keyboard.
 * A lone surrogate has no UTF-8 form and RFC 8785 refuses it, so it becomes U+FFFD, as it would on any screen.
 */
export function canonicalBytes(section: CanonicalSection): Uint8Array {
  return encodeUtf8(canonicalText(section));
}

export function canonicalText(section: CanonicalSection): string {
  const text = canonicalize(normalise(section));
  if (text === undefined) throw new TypeError('a section must be an object');
  return text;
}

const LONE_SURROGATES = /\p{Surrogate}/gu;

function normalise(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(LONE_SURROGATES, '\uFFFD').normalize('NFC');
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalise(inner)]));
  }
  return value;
}
