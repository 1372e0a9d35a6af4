import { findHost, getHost, labelHosts, listHosts } from '@flotilla/contract/hosts';
import * as contract from '@flotilla/contract/policies';
import { serve } from '../kernel/http/handler.ts';
import { changePolicy } from './change-policy.ts';
import { createPolicy } from './create-policy.ts';
import { deletePolicies } from './delete-policies.ts';
import { listHostsInFull } from './list-hosts.ts';
import * as list from './list-policies.ts';
import { findHostWithPolicies, readHostWithPolicies } from './read-host.ts';

const ofAll = (routes: typeof contract.olderGlobalPolicies) => [
  serve(routes.list, (ctx, { query }) => list.listGlobalPolicies(ctx, query)),
  serve(routes.create, (ctx, { body }) => createPolicy(ctx, { scope: null, body })),
  serve(routes.get, (ctx, { params }) => list.readPolicy(ctx, params.policy_id, null)),
  serve(routes.change, (ctx, { params, body }) => changePolicy(ctx, { scope: null, id: params.policy_id, body })),
  serve(routes.delete, (ctx, { body }) => deletePolicies(ctx, { scope: null, ids: body.ids })),
];

const ofFleet = (routes: typeof contract.fleetPolicies) => [
  serve(routes.list, (ctx, { params, query }) => list.listFleetPolicies(ctx, params.fleet_id, query)),
  serve(routes.count, (ctx, { params, query }) => list.countFleetPolicies(ctx, params.fleet_id, query)),
  serve(routes.create, (ctx, { params, body }) => createPolicy(ctx, { scope: params.fleet_id, body })),
  serve(routes.get, (ctx, { params }) => list.readPolicy(ctx, params.policy_id, params.fleet_id)),
  serve(routes.change, (ctx, { params, body }) =>
    changePolicy(ctx, { scope: params.fleet_id, id: params.policy_id, body }),
  ),
  serve(routes.delete, (ctx, { params, body }) => deletePolicies(ctx, { scope: params.fleet_id, ids: body.ids })),
];

export const routes = [
  serve(getHost, async (ctx, { params, query }) => ({
    host: await readHostWithPolicies(ctx, params.id, { withSoftware: query.exclude_software !== true }),
  })),
  serve(findHost, async (ctx, { params, query }) => ({
    host: await findHostWithPolicies(ctx, params.identifier, { withSoftware: query.exclude_software !== true }),
  })),
  serve(listHosts, (ctx, { query }) => listHostsInFull(ctx, query)),
  serve(labelHosts, (ctx, { params, query }) => listHostsInFull(ctx, { ...query, label_id: params.id })),
  serve(contract.globalPolicies.count, (ctx, { query }) => list.countGlobalPolicies(ctx, query)),
  ...[contract.globalPolicies, contract.olderGlobalPolicies].flatMap(ofAll),
  ...[contract.fleetPolicies, ...contract.olderFleetPolicies].flatMap(ofFleet),
  serve(contract.listAllPolicies, (ctx, { query }) => list.listAllPolicies(ctx, query)),
  serve(contract.getAnyPolicy, (ctx, { params }) => list.readPolicy(ctx, params.policy_id)),
  serve(contract.policyHosts, (ctx, { params, query }) => list.listPolicyHosts(ctx, params.policy_id, query)),
];
