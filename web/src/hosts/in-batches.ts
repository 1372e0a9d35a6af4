export interface Progress {
  done: number;
  failed: number;
  /** Of the first that failed. */
  error?: unknown;
}

/** Does something for many at once, in parts that one request takes; says how far it is. @throws what the first failing part throws */
export async function inParts<T>(
  all: readonly T[],
  { size, act, tell }: { size: number; act: (part: T[]) => Promise<unknown>; tell: (progress: Progress) => void },
): Promise<Progress> {
  const progress: Progress = { done: 0, failed: 0 };
  for (let at = 0; at < all.length; at += size) {
    const part = all.slice(at, at + size);
    await act(part);
    progress.done += part.length;
    tell({ ...progress });
  }
  return progress;
}

/** Does something for each, a few at the same time; one that fails does not keep the others from it. */
export async function forEach<T>(
  all: readonly T[],
  { atOnce, act, tell }: { atOnce: number; act: (one: T) => Promise<unknown>; tell: (progress: Progress) => void },
): Promise<Progress> {
  const progress: Progress = { done: 0, failed: 0 };
  const waiting = all.values();
  const work = async () => {
    for (const one of waiting) {
      try {
        await act(one);
        progress.done += 1;
      } catch (error) {
        progress.failed += 1;
        progress.error ??= error;
      }
      tell({ ...progress });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return progress;
}
