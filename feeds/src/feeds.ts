import { alpineSecdb } from './alpine-secdb/alpine-secdb.ts';
import { amazonLinux2, amazonLinux2023 } from './amazon-linux/amazon-linux.ts';
import { archSecurity } from './arch-security/arch-security.ts';
import { cisaKev } from './cisa-kev/cisa-kev.ts';
import { cisaVulnrichment } from './cisa-vulnrichment/cisa-vulnrichment.ts';
import { debianChangelogs } from './debian-changelogs/debian-changelogs.ts';
import { debianSecurityTracker } from './debian-security-tracker/debian-security-tracker.ts';
import { endOfLife } from './endoflife/endoflife.ts';
import { epss } from './epss/epss.ts';
import type { Feed } from './feed.ts';
import { msrc } from './msrc/msrc.ts';
import { nvd } from './nvd/nvd.ts';
import { nvdGapfill } from './nvd-gapfill/nvd-gapfill.ts';
import { nvdOverrides } from './nvd-overrides/nvd-overrides.ts';
import { oracleOval } from './oracle-oval/oracle-oval.ts';
import { osvLanguages } from './osv/languages.ts';
import { osvAlmaLinux, osvRocky } from './osv/rpm-distributions.ts';
import { osvOpensuse, osvSuse } from './osv/suse.ts';
import { osvUbuntu } from './osv/ubuntu.ts';
import { redhatCsafVex } from './redhat-csaf-vex/redhat-csaf-vex.ts';
import { sofaIos, sofaMacos } from './sofa/sofa.ts';
import { vulncheckKev } from './vulncheck/vulncheck-kev.ts';
import { vulncheckNvd } from './vulncheck/vulncheck-nvd.ts';
import { wesng } from './wesng/wesng.ts';

/** Every feed, by the name that its records carry; a new one is a line here. They are asked for in this order, the largest late. */
export const feeds = {
  'debian-security-tracker': debianSecurityTracker,
  'debian-changelogs': debianChangelogs,
  'osv-ubuntu': osvUbuntu,
  'osv-almalinux': osvAlmaLinux,
  'osv-rocky': osvRocky,
  'osv-suse': osvSuse,
  'osv-opensuse': osvOpensuse,
  'amazon-linux-2': amazonLinux2,
  'amazon-linux-2023': amazonLinux2023,
  'oracle-oval': oracleOval,
  'redhat-csaf-vex': redhatCsafVex,
  'alpine-secdb': alpineSecdb,
  'arch-security': archSecurity,
  ...osvLanguages,
  msrc,
  wesng,
  'sofa-macos': sofaMacos,
  'sofa-ios': sofaIos,
  'cisa-kev': cisaKev,
  'cisa-vulnrichment': cisaVulnrichment,
  epss,
  nvd,
  'nvd-gapfill': nvdGapfill,
  'nvd-overrides': nvdOverrides,
  'vulncheck-nvd': vulncheckNvd,
  'vulncheck-kev': vulncheckKev,
  endoflife: endOfLife,
} satisfies Record<string, Feed>;

export type FeedName = keyof typeof feeds;

export const feedNames = Object.keys(feeds) as FeedName[];

/** Those whose records are advisories. */
export const advisoryFeedNames = feedNames.filter((name) => feeds[name].tells === 'advisories');

export const isFeedName = (name: string): name is FeedName => Object.hasOwn(feeds, name);
