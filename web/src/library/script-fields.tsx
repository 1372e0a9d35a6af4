import { Textarea } from '@mantine/core';
import styles from './library.module.css';
import type { ScriptField } from './upload-words.ts';

const fields: readonly { name: ScriptField; label: string; about: string }[] = [
  {
    name: 'pre_install_query',
    label: 'Query before the installation',
    about: 'SQL for osquery; nothing is installed where it finds no row',
  },
  { name: 'install_script', label: 'Install script', about: 'Empty: the usual one for a .deb file' },
  {
    name: 'post_install_script',
    label: 'Script after the installation',
    about: 'When it fails, the uninstall script runs',
  },
  { name: 'uninstall_script', label: 'Uninstall script', about: 'Empty: the usual one for a .deb file' },
];

interface Props {
  scripts: Partial<Record<ScriptField, string>>;
  set: (scripts: Partial<Record<ScriptField, string>>) => void;
  reasons: Record<string, string>;
  isLocked: boolean;
}

/** What runs around the package; usually nothing has to be said. */
export function ScriptFields({ scripts, set, reasons, isLocked }: Props) {
  const isWrong = fields.some(({ name }) => reasons[name] !== undefined);
  return (
    <details className={styles.scripts} open={isWrong || undefined}>
      <summary>Scripts and query</summary>
      {fields.map(({ name, label, about }) => (
        <Textarea
          key={name}
          label={label}
          description={about}
          classNames={{ input: 'mono' }}
          rows={3}
          spellCheck={false}
          disabled={isLocked}
          value={scripts[name] ?? ''}
          error={reasons[name]}
          onChange={({ currentTarget }) => set({ ...scripts, [name]: currentTarget.value })}
        />
      ))}
    </details>
  );
}
