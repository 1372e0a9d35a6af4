/** Random numbers that are the same for the same seed, on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** From 0 up to, not including, `below`. */
  integer(below: number): number;
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
}

/** Seeds are texts, so that `fleet 1, host 7` needs no arithmetic. */
export function randomFrom(seed: string): Random {
  const [a, b, c, d] = [1, 2, 3, 4].map((part) => hash(`${part} ${seed}`)) as [number, number, number, number];
  const state = { a, b, c, d };
  const next = () => step(state) / 2 ** 32;
  for (let turn = 0; turn < 12; turn += 1) next();
  const integer = (below: number) => Math.floor(next() * below);
  return {
    next,
    integer,
    chance: (share) => next() < share,
    pick<T>(list: readonly T[]): T {
      const found = list[integer(list.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
  };
}

/** The small fast counter generator (sfc32). */
function step(state: { a: number; b: number; c: number; d: number }): number {
  const sum = (((state.a + state.b) | 0) + state.d) | 0;
  state.d = (state.d + 1) | 0;
  state.a = state.b ^ (state.b >>> 9);
  state.b = (state.c + (state.c << 3)) | 0;
  state.c = (((state.c << 21) | (state.c >>> 11)) + sum) | 0;
  return sum >>> 0;
}

/** FNV-1a with a final mix. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (let place = 0; place < text.length; place += 1) value = Math.imul(value ^ text.charCodeAt(place), 16_777_619);
  value = Math.imul(value ^ (value >>> 16), 2_246_822_507);
  return (value ^ (value >>> 13)) >>> 0;
}

/** Popularity as it is in the world: of n things, the one at rank r is met in proportion to 1 / (r + offset)^exponent. */
export function zipf(count: number, { exponent, offset }: { exponent: number; offset: number }) {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1 + offset) ** exponent;
    sums[rank] = sum;
  }
  /** @returns a rank */
  return (random: Random): number => {
    const wanted = random.next() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
