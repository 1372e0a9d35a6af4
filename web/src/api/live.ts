import { type LiveKind, live, liveKinds } from '@flotilla/contract/live';
import type { QueryClient } from '@tanstack/react-query';

/** Which questions a kind is about, by their addresses. */
const about: Record<LiveKind, RegExp> = {
  hosts: /\/(hosts|host_summary|labels|fleets)\b/,
  software: /\/(software|os_versions|library|updates|end-of-life)\b/,
  vulnerabilities: /\/(vulnerabilities|findings)\b/,
  tasks: /\/(tasks|library|rollouts|updates|software|hosts)\b/,
  policies: /\/policies\b/,
  activities: /\/activities\b/,
};

/** Renewed no more often than this, however much moves. */
const restMs = 2_000;
/** Before a stream is opened again that the server refused. */
const retryMs = 30_000;

let isOpen = false;
const watchers = new Set<() => void>();
const set = (open: boolean) => {
  isOpen = open;
  for (const watcher of watchers) watcher();
};

/** Whether the server tells by itself what moves. */
export const isLive = (): boolean => isOpen;

export function watchLive(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** The kinds a message names; what is not known is left out. */
export const kindsIn = (data: string): LiveKind[] => {
  const named = data.split(',');
  return liveKinds.filter((kind) => named.includes(kind));
};

export const isAbout = (path: unknown, kinds: Iterable<LiveKind>): boolean =>
  typeof path === 'string' && [...kinds].some((kind) => about[kind].test(path));

/**
 * Renews what is on the screen as soon as the server says that it moved; only what renews itself anyway, so that no form
 * changes under the hands of whoever fills it in. Rests while the page is hidden.
 * @returns how to stop it
 */
export function followLive(queries: QueryClient): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const moved = new Set<LiveKind>();
  const renew = () => {
    const kinds = [...moved];
    moved.clear();
    void queries.invalidateQueries({
      predicate: (query) =>
        isAbout(query.queryKey[0], kinds) && query.observers.some(({ options }) => options.refetchInterval),
    });
  };
  /** After the stream was broken nobody knows what moved meanwhile; and when it breaks, whether the server is there. */
  const renewAll = () => {
    for (const kind of liveKinds) moved.add(kind);
    renew();
  };
  const hear = ({ data }: MessageEvent<string>) => {
    for (const kind of kindsIn(data)) moved.add(kind);
    if (resting) return;
    renew();
    resting = setTimeout(() => {
      resting = undefined;
      if (moved.size > 0) renew();
    }, restMs);
  };
  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
    set(false);
  };
  const open = () => {
    close();
    if (document.hidden) return;
    source = new EventSource(live.path);
    let wasOpen = false;
    source.onopen = () => {
      set(true);
      if (wasOpen) renewAll();
      wasOpen = true;
    };
    source.onerror = () => {
      if (isOpen) renewAll();
      set(false);
      // Closed for good: the server refused it. A broken connection the browser mends itself.
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, retryMs);
    };
    source.addEventListener('moved', hear);
  };
  document.addEventListener('visibilitychange', open);
  open();
  return () => {
    document.removeEventListener('visibilitychange', open);
    clearTimeout(resting);
    close();
  };
}
