import * as contract from '@flotilla/contract/end-of-life';
import { serve } from '../../kernel/http/handler.ts';
import { listEndOfLife } from './list-end-of-life.ts';

export const endOfLifeRoutes = [serve(contract.listEndOfLife, (ctx, { query }) => listEndOfLife(ctx, query))];
