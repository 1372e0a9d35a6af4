import {
  IconBox,
  IconClipboardCheck,
  IconDeviceDesktop,
  IconHistory,
  IconHome,
  IconPackage,
  IconRefreshDot,
  IconSettings,
  IconShieldExclamation,
  IconStack2,
} from '@tabler/icons-react';

/** The pages of the console in their order, each with what one must be allowed; on a narrow screen the bar holds the `near` ones,
 * a menu the others. */
export const pages = [
  { to: '/', needs: 'software:read', name: 'Home', icon: IconHome, near: true },
  { to: '/hosts', needs: 'hosts:read', name: 'Hosts', icon: IconDeviceDesktop, near: true },
  { to: '/software', needs: 'software:read', name: 'Software', icon: IconBox, near: true },
  { to: '/vulnerabilities', needs: 'software:read', name: 'Vulnerabilities', icon: IconShieldExclamation, near: true },
  { to: '/updates', needs: 'updates:read', name: 'Updates', icon: IconRefreshDot, near: false },
  { to: '/policies', needs: 'policies:read', name: 'Policies', icon: IconClipboardCheck, near: false },
  { to: '/library', needs: 'software:read', name: 'Library', icon: IconPackage, near: false },
  { to: '/activity', needs: 'activities:read', name: 'Activity', icon: IconHistory, near: false },
  { to: '/os', needs: 'software:read', name: 'Operating systems', icon: IconStack2, near: false },
  { to: '/settings', needs: undefined, name: 'Settings', icon: IconSettings, near: false },
] as const;
