import { getHost } from '@flotilla/contract/hosts';
import { ask } from '../api/queries.ts';

/** The question for one host; its software is asked for page by page. */
export const hostQuery = (id: number) => ask(getHost, { params: { id }, query: { exclude_software: true } });
