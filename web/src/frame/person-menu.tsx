import { logout } from '@flotilla/contract/accounts';
import { Menu, VisuallyHidden } from '@mantine/core';
import { IconKeyboard, IconLogout, IconRss, IconUser } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { session } from '../accounts/session.ts';
import { call } from '../api/call.ts';
import { initials } from './initials.ts';
import styles from './rail.module.css';

/** Who is signed in, and the way out. */
export function PersonMenu({ openHelp }: { openHelp: () => void }) {
  const { data } = useQuery(session);
  const signOut = useSignOut();
  const name = data?.user.name ?? '';
  const email = data?.user.email ?? '';
  return (
    <Menu position="top-start" shadow="md" width={208} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={styles.person}>
          <span className={styles.initials}>{initials(name || email)}</span>
          <VisuallyHidden>Account</VisuallyHidden>
          <span className={styles.who}>
            <span>{name}</span>
            <span className="quiet">{email}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email}</Menu.Label>
        <Menu.Item
          leftSection={<IconUser size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/settings/profile" {...props} />}
        >
          Your account
        </Menu.Item>
        <Menu.Item
          leftSection={<IconRss size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/feeds" {...props} />}
        >
          Feeds
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={openHelp}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => call(logout, {}),
    onSuccess: async () => {
      await navigate({ to: '/login' });
      queries.clear();
    },
  });
}
