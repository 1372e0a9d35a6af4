import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import styles from './notices.module.css';

/** A command to run, with a button that copies it. */
export function Command({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const code = useRef<HTMLElement>(null);
  const copy = async () => {
    // Without HTTPS browsers allow no copying: the text is then selected, ready to be copied by hand.
    if (!navigator.clipboard) return code.current && getSelection()?.selectAllChildren(code.current);
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className={styles.command}>
      <code ref={code} className="mono">
        {text}
      </code>
      <ActionIcon variant="subtle" size="md" aria-label={copied ? 'Copied' : `Copy ${text}`} onClick={copy}>
        {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
      </ActionIcon>
    </div>
  );
}
