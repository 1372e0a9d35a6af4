/** The token in what a person pastes: the whole printed link, or only what stands behind its "#". */
export function tokenIn(pasted: string): string {
  const text = pasted.trim();
  return text.slice(text.lastIndexOf('#') + 1).trim();
}
