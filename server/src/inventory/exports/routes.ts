import * as contract from '@flotilla/contract/exports';
import { sendExport } from '../../kernel/http/exports.ts';
import { serve } from '../../kernel/http/handler.ts';
import { exportHostSoftware, exportHosts } from './export-hosts.ts';
import { exportVersions } from './export-versions.ts';

/** Titles and vulnerabilities are exported by the domains that list them. */
export const exportRoutes = [
  serve(contract.exportVersions, async (ctx, { query }, exchange) =>
    sendExport(exchange, ctx, await exportVersions(ctx, query)),
  ),
  serve(contract.exportHosts, (ctx, { query }, exchange) => sendExport(exchange, ctx, exportHosts(ctx, query))),
  serve(contract.exportHostSoftware, async (ctx, { query }, exchange) =>
    sendExport(exchange, ctx, await exportHostSoftware(ctx, query)),
  ),
];
