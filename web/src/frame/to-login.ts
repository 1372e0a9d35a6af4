import type { ConsoleRouter } from '../router.tsx';

const ownPages = ['/login', '/setup'];

/** Leads to sign-in, and back afterwards. Does nothing where no session is expected. */
export function toLogin(router: ConsoleRouter) {
  const { pathname, href } = router.state.location;
  if (ownPages.includes(pathname) || !router.state.matches.some((match) => match.status === 'success')) return;
  router.options.context.queries.clear();
  void router.navigate({ to: '/login', search: { to: href }, replace: true });
}
