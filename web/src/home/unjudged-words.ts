const known: Record<string, string> = {
  no_advisories: 'No feed has advisories for where it comes from',
  no_identity: 'Feeds may know it by another name, which could not be found out',
  no_matcher: 'Feeds tell nothing of this kind of software',
  kernel_not_from_package: 'A kernel that came from no package of its distribution',
};

/** Why software could not be judged, as a sentence. */
export const unjudgedWords = (reason: string): string => known[reason] ?? reason.replaceAll('_', ' ');
