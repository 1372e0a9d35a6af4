import { alpine } from './alpine.ts';
import { apple } from './apple.ts';
import { arch } from './arch.ts';
import { debian } from './debian.ts';
import { desktop } from './desktop.ts';
import { ecosystem } from './ecosystem.ts';
import type { Matcher } from './matcher.ts';
import { rpmDistribution } from './rpm-distribution.ts';
import { ubuntu } from './ubuntu.ts';
import { windows } from './windows.ts';

/** Every matcher, the most telling first; the first that accepts a software judges it. A new one is a line here. */
export const matchers = {
  debian,
  ubuntu,
  'rpm-distribution': rpmDistribution,
  alpine,
  arch,
  ecosystem,
  windows,
  apple,
  desktop,
} satisfies Record<string, Matcher>;

export const allMatchers: readonly Matcher[] = Object.values(matchers);
