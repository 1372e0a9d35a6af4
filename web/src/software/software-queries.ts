import { getTitle, getVersion } from '@flotilla/contract/software';
import { ask } from '../api/queries.ts';

export const titleQuery = (id: number, fleet_id?: number) => ask(getTitle, { params: { id }, query: { fleet_id } });
export const versionQuery = (id: number, fleet_id?: number) => ask(getVersion, { params: { id }, query: { fleet_id } });
