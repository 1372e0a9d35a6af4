import { Link } from '@tanstack/react-router';

/** What else there is about vulnerabilities, beside the lists of them. */
export const MoreLinks = () => (
  <>
    <Link to="/vulnerabilities/exceptions">Exceptions</Link> <Link to="/feeds">Feeds</Link>
  </>
);
