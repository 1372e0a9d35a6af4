import { cisaKev } from './cisa-kev/cisa-kev.ts';
import { debianSecurityTracker } from './debian-security-tracker/debian-security-tracker.ts';
import type { Feed } from './feed.ts';

/** Every feed, by the name that its advisories carry; a new one is a line here. */
export const feeds = {
  'debian-security-tracker': debianSecurityTracker,
  'cisa-kev': cisaKev,
} satisfies Record<string, Feed>;

export type FeedName = keyof typeof feeds;

export const feedNames = Object.keys(feeds) as FeedName[];

export const isFeedName = (name: string): name is FeedName => Object.hasOwn(feeds, name);
