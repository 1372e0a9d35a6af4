import type { SoftwareIdentity } from './software-identity.ts';

/** Remembers the answer about the last software: its candidates are judged one after the other, and each asks again. */
export function oncePerSoftware<T>(answer: (software: SoftwareIdentity) => T): (software: SoftwareIdentity) => T {
  let last: { software: SoftwareIdentity; answer: T } | null = null;
  return (software) => {
    if (last?.software !== software) last = { software, answer: answer(software) };
    return last.answer;
  };
}
