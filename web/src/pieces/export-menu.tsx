import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

interface Props {
  /** Each a format and the address of exactly this list in it. */
  formats: readonly { name: string; href: string }[];
}

/** Downloads what the list shows, all pages of it; or copies the call that a program would make. */
export function ExportMenu({ formats }: Props) {
  const [first] = formats;
  return (
    <Menu position="bottom-end" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ name, href }) => (
          <Menu.Item key={name} renderRoot={(props) => <a href={href} download {...props} />}>
            {name}
          </Menu.Item>
        ))}
        {first && navigator.clipboard && (
          <Menu.Item onClick={() => void navigator.clipboard.writeText(asCall(first.href))}>Copy as API call</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

const asCall = (href: string) => `curl -H "Authorization: Bearer $TOKEN" "${location.origin}${href}"`;
