/** The part of Vite's manifest that says which file needs which. */
export type Manifest = Record<
  string,
  { file: string; isEntry?: boolean; imports?: string[]; dynamicImports?: string[]; css?: string[] }
>;

export interface FirstLoad {
  name: string;
  script: number;
  style: number;
}

/** What a browser downloads to show each page when nothing is cached: the entry, that page, and all they import. */
export function firstLoads(manifest: Manifest, sizes: ReadonlyMap<string, number>): FirstLoad[] {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry);
  if (entry === undefined) return [];
  const pages = Object.keys(manifest).filter((key) => key.endsWith('-page.tsx'));
  const size = (file: string) => sizes.get(file) ?? 0;
  return [undefined, ...pages].map((page) => {
    const needed = withImports(manifest, page === undefined ? [entry] : [entry, page]);
    const styles = new Set([...needed].flatMap((key) => manifest[key]?.css ?? []));
    return {
      name: page ?? 'frame alone',
      script: sum([...needed].map((key) => size(manifest[key]?.file ?? ''))),
      style: sum([...styles].map(size)),
    };
  });
}

function withImports(manifest: Manifest, keys: string[], seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    withImports(manifest, manifest[key]?.imports ?? [], seen);
  }
  return seen;
}

const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
