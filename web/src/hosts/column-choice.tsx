import { editUser } from '@flotilla/contract/users';
import { Button, Menu } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { session } from '../accounts/session.ts';
import { call } from '../api/call.ts';
import { useFleets } from '../fleets/use-fleet.ts';
import { hiddenColumns, hostColumns, shownColumns } from './host-columns.tsx';

/** The columns of the list the person wants; kept with their account, so it is the same on every computer. */
export function useShownColumns() {
  const { data } = useQuery(session);
  const isInFleets = useFleets().length > 0;
  const queries = useQueryClient();
  const hidden = data?.user.settings.hidden_host_columns;
  const shown = useMemo(() => shownColumns(hidden ?? [], isInFleets), [hidden, isInFleets]);
  const columns = useMemo(() => hostColumns.filter(({ key }) => shown.includes(key)), [shown]);
  const save = useMutation({
    mutationFn: (hidden: string[]) =>
      call(editUser, { params: { id: data?.user.id ?? 0 }, body: { settings: { hidden_host_columns: hidden } } }),
    onMutate: (hidden) => {
      queries.setQueryData(session.queryKey, (before) =>
        before ? { ...before, user: { ...before.user, settings: { hidden_host_columns: hidden } } } : before,
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: session.queryKey }),
  });
  return { shown, columns, set: (keys: string[]) => save.mutate(hiddenColumns(keys)) };
}

/** Chooses them. */
export function ColumnChoice({ shown, set }: { shown: readonly string[]; set: (keys: string[]) => void }) {
  const [, ...optional] = hostColumns;
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      withinPortal={false}
      closeOnItemClick={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns size={16} aria-hidden />}>
          Columns
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.CheckboxGroup value={[...shown]} onChange={set}>
          {optional.map(({ key, title }) => (
            <Menu.CheckboxItem key={key} value={key}>
              {title}
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
