import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { interpret, nextRow, type Shortcut } from './shortcuts.ts';

/** The search field marks itself with this, so that the shortcut finds it. */
export const searchFieldId = 'search-everything';

const waitMs = 1_500;

/** Listens for the shortcuts wherever no text is being typed. */
export function useShortcuts(openHelp: () => void) {
  const navigate = useNavigate();
  useEffect(() => {
    let before = { key: '', at: 0 };
    const run = (shortcut: Shortcut) => {
      if (shortcut === 'help') openHelp();
      else if (shortcut === 'search') document.getElementById(searchFieldId)?.focus();
      else if (shortcut === 'select') selectRow();
      else if (shortcut === 'down' || shortcut === 'up') moveInList(shortcut === 'down' ? 1 : -1);
      else void navigate({ to: shortcut.go });
    };
    const onKey = (event: KeyboardEvent) => {
      if (isSearchKey(event)) {
        event.preventDefault();
        run('search');
        return;
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const waiting = event.timeStamp - before.at < waitMs ? before.key : '';
      const { shortcut, waiting: now } = interpret(waiting, event.key);
      before = { key: now, at: event.timeStamp };
      if (!shortcut) return;
      event.preventDefault();
      run(shortcut);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, openHelp]);
}

const isSearchKey = (event: KeyboardEvent) => event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;

/** Whether keys belong to something else: a field, or an open dialog or menu. */
function isBusy(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : null;
  if (element?.closest('input, textarea, select, [contenteditable], [role=menu]')) return true;
  return document.querySelector('dialog[open]') !== null;
}

const opener = 'a, summary';

/** Moves the focus to the link of the next row, the first or the one that is marked; Enter then opens it. */
function moveInList(step: 1 | -1) {
  const rows = [...document.querySelectorAll('[data-row]')].filter((row) => row.querySelector(opener));
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[nextRow(current, rows.length, step)];
  const link = row?.querySelector<HTMLElement>('[data-opens]') ?? row?.querySelector<HTMLElement>(opener);
  link?.focus({ preventScroll: true });
  link?.closest('[data-row]')?.scrollIntoView({ block: 'nearest' });
}

/** Selects the row that has the focus, or takes it back. */
function selectRow() {
  document.activeElement?.closest('[data-row]')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
}
