import { cisaKev } from './cisa-kev/cisa-kev.ts';
import { debianSecurityTracker } from './debian-security-tracker/debian-security-tracker.ts';
import { endOfLife } from './endoflife/endoflife.ts';
import type { Feed } from './feed.ts';

/** Every feed, by the name that its records carry; a new one is a line here. */
export const feeds = {
  'debian-security-tracker': debianSecurityTracker,
  'cisa-kev': cisaKev,
  endoflife: endOfLife,
} satisfies Record<string, Feed>;

export type FeedName = keyof typeof feeds;

export const feedNames = Object.keys(feeds) as FeedName[];

/** Those whose records are advisories. */
export const advisoryFeedNames = feedNames.filter((name) => feeds[name].tells === 'advisories');

export const isFeedName = (name: string): name is FeedName => Object.hasOwn(feeds, name);
