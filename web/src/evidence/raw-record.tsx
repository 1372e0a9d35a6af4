import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ScrollText } from '../pieces/scroll-text.tsx';
import styles from './evidence.module.css';
import type { Statement } from './verdict-words.ts';

/** The record as it is stored, folded away until somebody wants it. */
export function RawRecord({ statement: { advisory, record, is_record_cut } }: { statement: Statement }) {
  return (
    <details className={styles.record}>
      <summary>Record as stored</summary>
      <Copy text={record} />
      <ScrollText label={`Record ${advisory} as stored`}>{record}</ScrollText>
      {is_record_cut && <p className="quiet">The record goes on; this is its beginning.</p>}
    </details>
  );
}

function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const copy = async () => {
    // Without HTTPS browsers allow no copying: the text is then selected, ready to be copied by hand.
    const shown = button.current?.parentElement?.querySelector('pre');
    if (!navigator.clipboard) return shown && getSelection()?.selectAllChildren(shown);
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Button
      ref={button}
      variant="default"
      leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
      onClick={copy}
    >
      {copied ? 'Copied' : 'Copy the record'}
    </Button>
  );
}
