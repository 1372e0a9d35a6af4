import * as contract from '@flotilla/contract/comparison';
import { serve } from '../../kernel/http/handler.ts';
import { compareHost } from './compare-host.ts';
import { listSoftwareChanges } from './list-changes.ts';
import { listPastHosts } from './list-hosts-at.ts';

export const comparisonRoutes = [
  serve(contract.hostChanges, (ctx, { params, query }) => compareHost(ctx, params.id, query)),
  serve(contract.softwareChanges, (ctx, { query }) => listSoftwareChanges(ctx, query)),
  serve(contract.versionHostsAt, (ctx, { params, query }) => listPastHosts(ctx, { versionId: params.id }, query)),
  serve(contract.titleHostsAt, (ctx, { params, query }) => listPastHosts(ctx, { titleId: params.id }, query)),
];
