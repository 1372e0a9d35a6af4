import { getTitle, getVersion } from '@flotilla/contract/software';
import { ask } from '../api/queries.ts';

export const titleQuery = (id: number) => ask(getTitle, { params: { id } });
export const versionQuery = (id: number) => ask(getVersion, { params: { id } });
