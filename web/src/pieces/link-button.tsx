import { Button } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface Props {
  to: LinkProps['to'];
  params?: object;
  quiet?: boolean;
  children: ReactNode;
}

/** A link that looks like a button, for going to where something is made or changed. */
export function LinkButton({ to, params, quiet, children }: Props) {
  return (
    <Button
      variant={quiet ? 'default' : 'filled'}
      renderRoot={(props) => <Link to={to} params={params as never} {...props} />}
    >
      {children}
    </Button>
  );
}
