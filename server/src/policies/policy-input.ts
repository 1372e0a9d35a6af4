import type { fleetPolicies, globalPolicies } from '@flotilla/contract/policies';
import type { BodyOf } from '@flotilla/contract/route';
import { invalid } from '../kernel/errors.ts';
import { type PolicyFields, type PolicyType, platforms } from './policy.ts';

export type CreateBody = BodyOf<typeof globalPolicies.create>;
export type ChangeBody = BodyOf<typeof fleetPolicies.change>;

const EMPTY: PolicyFields = {
  name: '',
  query: '',
  titleId: null,
  minimumVersion: null,
  description: '',
  resolution: '',
  platform: '',
  critical: false,
  installTitleId: null,
};

/** What a new policy asks: by SQL unless its type or its rule says otherwise. */
export const typeOf = ({ type, query, version_rule }: CreateBody): PolicyType =>
  type ?? (version_rule && query === undefined ? 'version' : 'dynamic');

/**
 * The fields of a policy after a request; what it leaves out stays.
 * @throws AppError `validation_failed`, naming the field
 */
export function toFields(type: PolicyType, body: ChangeBody, before: PolicyFields = EMPTY): PolicyFields {
  if (type === 'dynamic' && body.version_rule)
    throw invalid('version_rule', 'belongs to policies of type version only');
  if (type === 'version' && body.query !== undefined) throw invalid('query', 'a policy of type version has no query');
  const fields: PolicyFields = {
    name: body.name?.trim() ?? before.name,
    query: body.query ?? before.query,
    titleId: body.version_rule?.software_title_id ?? before.titleId,
    minimumVersion: body.version_rule?.minimum_version.trim() ?? before.minimumVersion,
    description: body.description ?? before.description,
    resolution: body.resolution ?? before.resolution,
    platform: body.platform === undefined ? before.platform : readPlatforms(body.platform ?? ''),
    critical: body.critical ?? before.critical,
    installTitleId: body.software_title_id === undefined ? before.installTitleId : body.software_title_id || null,
  };
  if (fields.name === '') throw invalid('name', 'must be given');
  if (type === 'dynamic' && fields.query.trim() === '') throw invalid('query', 'must be given');
  if (type === 'version' && fields.titleId === null) throw invalid('version_rule', 'must be given');
  return fields;
}

/** Names of platforms with commas, once each and in one order, so that equal scopes are equal texts. */
function readPlatforms(text: string): string {
  const given = text.split(',').map((one) => one.trim());
  if (given.every((one) => one === '')) return '';
  const unknown = given.find((one) => !(platforms as readonly string[]).includes(one));
  if (unknown !== undefined) {
    throw invalid('platform', `${JSON.stringify(unknown)} is none of ${platforms.join(', ')}`);
  }
  return platforms.filter((one) => given.includes(one)).join(',');
}
