import { getHost } from '@flotilla/contract/hosts';
import * as contract from '@flotilla/contract/policies';
import { serve } from '../kernel/http/handler.ts';
import { changePolicy } from './change-policy.ts';
import { createPolicy } from './create-policy.ts';
import { deletePolicies } from './delete-policies.ts';
import * as list from './list-policies.ts';
import { readHostWithPolicies } from './read-host.ts';

const { globalPolicies: ofAll, fleetPolicies: ofFleet } = contract;

export const routes = [
  serve(getHost, async (ctx, { params, query }) => ({
    host: await readHostWithPolicies(ctx, params.id, { withSoftware: query.exclude_software !== true }),
  })),
  serve(ofAll.list, (ctx, { query }) => list.listGlobalPolicies(ctx, query)),
  serve(ofAll.count, (ctx, { query }) => list.countGlobalPolicies(ctx, query.query)),
  serve(ofAll.create, (ctx, { body }) => createPolicy(ctx, { scope: null, body })),
  serve(ofAll.get, (ctx, { params }) => list.readPolicy(ctx, params.policy_id, null)),
  serve(ofAll.change, (ctx, { params, body }) => changePolicy(ctx, { scope: null, id: params.policy_id, body })),
  serve(ofAll.delete, (ctx, { body }) => deletePolicies(ctx, { scope: null, ids: body.ids })),
  serve(ofFleet.list, (ctx, { params, query }) => list.listFleetPolicies(ctx, params.fleet_id, query)),
  serve(ofFleet.count, (ctx, { params, query }) => list.countFleetPolicies(ctx, params.fleet_id, query)),
  serve(ofFleet.create, (ctx, { params, body }) => createPolicy(ctx, { scope: params.fleet_id, body })),
  serve(ofFleet.get, (ctx, { params }) => list.readPolicy(ctx, params.policy_id, params.fleet_id)),
  serve(ofFleet.change, (ctx, { params, body }) =>
    changePolicy(ctx, { scope: params.fleet_id, id: params.policy_id, body }),
  ),
  serve(ofFleet.delete, (ctx, { params, body }) => deletePolicies(ctx, { scope: params.fleet_id, ids: body.ids })),
  serve(contract.listAllPolicies, (ctx, { query }) => list.listAllPolicies(ctx, query)),
  serve(contract.getAnyPolicy, (ctx, { params }) => list.readPolicy(ctx, params.policy_id)),
  serve(contract.policyHosts, (ctx, { params, query }) => list.listPolicyHosts(ctx, params.policy_id, query)),
];
