import { text } from '../pieces/url-state.ts';

export interface EvidenceSearch {
  /** What is explained over the page: a software version and a vulnerability, `7:CVE-2024-0001`. */
  evidence?: string;
}

/** The software version and the vulnerability that are explained. */
export interface Explained {
  versionId: number;
  cve: string;
}

/** What is open in an address. Names of vulnerabilities are as the API takes them. */
export function readEvidence(raw: Record<string, unknown>): EvidenceSearch {
  const given = text(raw.evidence);
  return { evidence: given && explainedIn(given) ? given : undefined };
}

export const evidenceOf = ({ versionId, cve }: Explained): string => `${versionId}:${cve}`;

/** @returns undefined where an address says something else */
export function explainedIn(evidence: string): Explained | undefined {
  const [, versionId, cve] = /^([1-9]\d{0,8}):([A-Za-z0-9][A-Za-z0-9._:-]{2,99})$/.exec(evidence) ?? [];
  return versionId && cve ? { versionId: Number(versionId), cve: cve.toUpperCase() } : undefined;
}
