import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mayBe } from '../accounts/may.ts';
import { session } from '../accounts/session.ts';
import { useFleetId, useFleets } from '../fleets/use-fleet.ts';

/** The fleets whose library the person may fill, and which of them is meant: at first the one the console is about. */
export function useLibraryFleet() {
  const { data } = useQuery(session);
  const fleets = useFleets().filter(({ id }) => data && mayBe(data.permissions, 'software:write', id));
  const about = useFleetId();
  const [chosen, setFleet] = useState<number>();
  const start = fleets.find(({ id }) => id === about) ?? fleets.at(-1);
  return { fleets, fleet: chosen ?? start?.id, setFleet };
}
