import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import styles from './rail.module.css';
import { usePages } from './use-pages.ts';

/** The pages that have no room in the bar of a narrow screen. */
export function MoreMenu() {
  const far = usePages().filter(({ near }) => !near);
  const isHere = useLocation({ select: ({ pathname }) => far.some(({ to }) => pathname.startsWith(to)) });
  return (
    <Menu position="top" shadow="md" width={208} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={styles.page} data-status={isHere ? 'active' : undefined}>
          <IconDots size={18} stroke={1.75} aria-hidden />
          <span>More</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {far.map(({ to, name, icon: Icon }) => (
          <Menu.Item
            key={to}
            leftSection={<Icon size={16} aria-hidden />}
            renderRoot={(props) => <Link to={to} {...props} />}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
