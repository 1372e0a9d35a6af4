import type { Command } from './command.ts';

/** The first page of help. The first ones are programs of their own, which `flotilla` starts itself. */
export function overview(commands: readonly Command[]): string {
  const rows = [
    { name: 'serve', summary: 'Run the server' },
    { name: 'agent', summary: 'Run the agent of this host' },
    { name: 'backup', summary: 'Write the database, keys and packages of the server into one file' },
    { name: 'restore', summary: 'Bring a backup into an empty data folder' },
    { name: 'doctor', summary: 'Check the installation of the server, and say what to do' },
    { name: 'keys', summary: 'Change the keys of the server' },
    { name: 'rejudge', summary: 'Judge all software anew by the advisories that are stored' },
    { name: 'reset-password', summary: 'Print a link that sets a new password, when nobody can sign in' },
    ...commands,
    { name: 'help', summary: 'Show this, or more about a command: flotilla help enrol' },
  ];
  const width = Math.max(...rows.map(({ name }) => name.length));
  return [
    'Usage: flotilla <command> [option ...]',
    '',
    ...rows.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Data are kept in FLOTILLA_DATA_DIR: /var/lib/flotilla for root, else ~/.local/share/flotilla.',
  ].join('\n');
}
