import { Skeleton } from '@mantine/core';

const widths = ['70%', '85%', '55%', '78%', '62%', '90%', '48%', '74%', '66%'];

/** The place of a panel whose content is on its way. */
export function PanelSkeleton({ lines }: { lines: number }) {
  return (
    <div className="panel" style={{ padding: 16, display: 'grid', gap: 16 }} aria-busy="true">
      {widths.slice(0, lines).map((width) => (
        <Skeleton key={width} height={12} width={width} radius="xs" />
      ))}
    </div>
  );
}
