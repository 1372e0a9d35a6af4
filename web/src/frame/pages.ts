import {
  IconBox,
  IconClipboardCheck,
  IconDeviceDesktop,
  IconHistory,
  IconPackage,
  IconRefreshDot,
  IconShieldExclamation,
  IconStack2,
} from '@tabler/icons-react';

/** The pages of the console in their order; on a narrow screen the bar holds the `near` ones, a menu the others. */
export const pages = [
  { to: '/hosts', name: 'Hosts', icon: IconDeviceDesktop, near: true },
  { to: '/software', name: 'Software', icon: IconBox, near: true },
  { to: '/vulnerabilities', name: 'Vulnerabilities', icon: IconShieldExclamation, near: true },
  { to: '/updates', name: 'Updates', icon: IconRefreshDot, near: true },
  { to: '/policies', name: 'Policies', icon: IconClipboardCheck, near: false },
  { to: '/library', name: 'Library', icon: IconPackage, near: false },
  { to: '/activity', name: 'Activity', icon: IconHistory, near: false },
  { to: '/os', name: 'Operating systems', icon: IconStack2, near: false },
] as const;
