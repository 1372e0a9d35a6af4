import type { ConsoleRouter } from '../router.tsx';

/** Pages for whoever is not signed in. */
const isDoor = (pathname: string) => pathname === '/setup' || pathname.startsWith('/login');

/** Leads to sign-in, and back afterwards. Does nothing where no session is expected. */
export function toLogin(router: ConsoleRouter) {
  const { pathname, href } = router.state.location;
  if (isDoor(pathname) || !router.state.matches.some((match) => match.status === 'success')) return;
  router.options.context.queries.clear();
  void router.navigate({ to: '/login', search: { to: href }, replace: true });
}
