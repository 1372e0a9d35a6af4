import * as onHost from '@flotilla/contract/host-software';
import * as contract from '@flotilla/contract/software';
import { serve } from '../kernel/http/handler.ts';
import { listSoftwareAt, readInventory } from './host-software.ts';
import { readTimeline } from './host-timeline.ts';
import { listOsVersions, listVersions, readVersion } from './list-software.ts';

export const routes = [
  serve(contract.listVersions, (ctx, { query }) => listVersions(ctx, query)),
  serve(contract.getVersion, async (ctx, { params, query }) => ({
    software: await readVersion(ctx, params.id, query),
  })),
  serve(contract.listOsVersions, (ctx, { query }) => listOsVersions(ctx, query)),
  serve(onHost.softwareAt, (ctx, { params, query }) => listSoftwareAt(ctx, params.id, query)),
  serve(onHost.hostTimeline, (ctx, { params, query }) => readTimeline(ctx, params.id, query)),
  serve(onHost.hostInventory, (ctx, { params }) => readInventory(ctx, params.id)),
];
