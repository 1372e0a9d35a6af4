import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { tokenIn } from './setup-token.ts';

/** The token of a link that was handed over, kept in memory only: it leaves the address bar and the history at once. */
export function useTokenOfLink(page: '/setup' | '/login/invites' | '/login/reset'): string {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [token, setToken] = useState(() => tokenIn(hash));
  useEffect(() => {
    if (hash === '') return;
    setToken(tokenIn(hash));
    void navigate({ to: page, hash: '', replace: true });
  }, [hash, navigate, page]);
  return token;
}
