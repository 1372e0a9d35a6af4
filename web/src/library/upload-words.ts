import type { Sent } from '../api/upload.ts';
import { bytes, percent } from '../pieces/words.ts';

/** How far an upload is: "12.0 MiB of 45.0 MiB sent, 27 %". */
export function uploadWords({ sent, total }: Sent): string {
  if (total === 0) return 'Starting';
  if (sent >= total) return `All ${bytes(total)} are sent; waiting for the server to check and store the package`;
  return `${bytes(sent)} of ${bytes(total)} sent, ${percent(sent, total)}`;
}

/** Why a file cannot be a package; empty when it may be one. */
export function fileTrouble({ name, size }: { name: string; size: number }): string {
  if (!name.toLowerCase().endsWith('.deb'))
    return `${name} is not a .deb file, the only kind that is understood so far`;
  return size === 0 ? `${name} is empty` : '';
}

export const scriptFields = ['pre_install_query', 'install_script', 'post_install_script', 'uninstall_script'] as const;
export type ScriptField = (typeof scriptFields)[number];

/** The form as the server reads it: what is said about the file first, so that it is known when the file arrives. */
export function uploadForm(file: File, scripts: Partial<Record<ScriptField, string>>, fleet?: number): FormData {
  const form = new FormData();
  if (fleet !== undefined) form.set('fleet_id', `${fleet}`);
  for (const field of scriptFields) {
    const script = scripts[field];
    if (script !== undefined && script.trim() !== '') form.set(field, script);
  }
  form.set('software', file);
  return form;
}
