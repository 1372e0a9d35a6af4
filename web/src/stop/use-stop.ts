import { readStop } from '@flotilla/contract/tasks';
import { useQuery } from '@tanstack/react-query';
import { ask, liveMs } from '../api/queries.ts';

/** Whether everything is stopped, since when, by whom and why. */
export const useStop = () => useQuery({ ...ask(readStop, {}), refetchInterval: liveMs }).data;
