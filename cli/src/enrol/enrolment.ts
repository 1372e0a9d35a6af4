/** What a host needs to enrol, besides the flags. */
export interface Enrolment {
  secret: string;
  /** The certificate authority that the host must trust, in PEM; null when its system trusts the server already. */
  ca: string | null;
}
