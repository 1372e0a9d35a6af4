import { debian } from './debian.ts';
import type { Matcher } from './matcher.ts';

/** Every matcher, the most telling first; the first that accepts a software judges it. A new one is a line here. */
export const matchers = {
  debian,
} satisfies Record<string, Matcher>;

export const allMatchers: readonly Matcher[] = Object.values(matchers);
