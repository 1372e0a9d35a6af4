const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'it does not answer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not from the CA that this host trusts',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not from the CA that this host trusts',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is not from the CA that this host trusts',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not from the CA that this host trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not from the CA that this host trusts',
  CERT_SIGNATURE_FAILURE: 'its certificate is not from the CA that this host trusts',
};

/** Why the server gave no answer, in words that fit after a colon. */
export function explainFailure(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
