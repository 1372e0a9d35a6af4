import * as contract from '@flotilla/contract/hosts';
import { serve } from '../kernel/http/handler.ts';
import { countHosts, listHosts } from './list-hosts.ts';
import { refetchHost } from './refetch-host.ts';

export const routes = [
  serve(contract.listHosts, async (ctx, { query }) => ({ hosts: await listHosts(ctx, query) })),
  serve(contract.countHosts, async (ctx, { query }) => ({ count: await countHosts(ctx, query) })),
  serve(contract.refetchHost, async (ctx, { params }) => {
    await refetchHost(ctx, params.id);
    return {};
  }),
];
