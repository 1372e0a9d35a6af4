import { Command } from './command.tsx';

/** A secret that is shown this once: what it is, and the text to copy. */
export function OnlyOnce({ what, text }: { what: string; text: string }) {
  return (
    <div role="status">
      <p>{what} It is shown only now: copy it before you close this.</p>
      <Command text={text} />
    </div>
  );
}
