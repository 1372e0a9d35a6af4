/** What of a CPE 2.3 name says which product it is, unescaped and in lower case. */
export interface CpeProduct {
  part: string;
  vendor: string;
  product: string;
  targetSoftware: string;
}

/** Reads the formatted string of a CPE 2.3 name (NISTIR 7695, section 6.2). */
export function parseCpe(text: string): CpeProduct {
  const parts = text.toLowerCase().match(/(?:\\.|[^:\\])+/g) ?? [];
  const [, , part = '', vendor = '', product = ''] = parts.map((each) => each.replace(/\\(.)/g, '$1'));
  return { part, vendor, product, targetSoftware: parts[10]?.replace(/\\(.)/g, '$1') ?? '*' };
}
