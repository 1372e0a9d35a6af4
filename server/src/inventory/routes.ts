import * as onHost from '@flotilla/contract/host-software';
import * as contract from '@flotilla/contract/software';
import { serve } from '../kernel/http/handler.ts';
import { listSoftwareAt, readInventory } from './host-software.ts';
import { readTimeline } from './host-timeline.ts';
import { listOsVersions, readOsVersion } from './list-os-versions.ts';
import { countVersions, listVersions, readVersion } from './list-software.ts';
import { renameTitle } from './rename-title.ts';

export const routes = [
  ...[contract.listVersions, contract.olderVersions.list].map((route) =>
    serve(route, (ctx, { query }) => listVersions(ctx, query)),
  ),
  ...[contract.getVersion, contract.olderVersions.get].map((route) =>
    serve(route, async (ctx, { params, query }) => ({ software: await readVersion(ctx, params.id, query) })),
  ),
  serve(contract.olderVersions.count, (ctx, { query }) => countVersions(ctx, query)),
  serve(contract.renameTitle, async (ctx, { params, body }) => {
    await renameTitle(ctx, params.id, body.name);
    return undefined;
  }),
  serve(contract.listOsVersions, (ctx, { query }) => listOsVersions(ctx, query)),
  serve(contract.getOsVersion, (ctx, { params, query }) => readOsVersion(ctx, params.id, query)),
  serve(onHost.softwareAt, (ctx, { params, query }) => listSoftwareAt(ctx, params.id, query)),
  serve(onHost.hostTimeline, (ctx, { params, query }) => readTimeline(ctx, params.id, query)),
  serve(onHost.hostInventory, (ctx, { params }) => readInventory(ctx, params.id)),
];
