import { type SoftwareIdentity, softwareIdentity } from '@flotilla/engine/matching/software-identity';

/** What of a package its software will be known by. */
export interface PackageFacts {
  name: string;
  version: string;
  arch: string;
  source_package: string;
  source_version: string;
}

/** A package as the software it would be on a host: reported from there, in a distribution release. */
export const packageIdentity = (of: PackageFacts, on: { source: string; context: string }): SoftwareIdentity =>
  softwareIdentity({
    source: on.source,
    name: of.name,
    version: of.version,
    arch: of.arch,
    sourcePackage: of.source_package,
    sourceVersion: of.source_version,
    context: on.context,
  });
