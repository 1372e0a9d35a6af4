import { parsePurl } from '@flotilla/engine/purl/parse-purl';
import { type PackageIdentity, toPurl } from '@flotilla/engine/purl/to-purl';
import type { Db } from '../../kernel/db/database.ts';
import { type CpeRow, type ProductRow, readByCpe, readNamedSoftware } from '../queries/vex.ts';

type Purl = NonNullable<ReturnType<typeof parsePurl>>;

/** What a product of a document is here: titles where it names no version, else versions. */
export type Matched = { title_id: number; version_id: null } | { title_id: null; version_id: number };

const sources = new Set(['source', 'src']);

/** Software that each product means, by package URL, CPE name or plain name; an empty list where nothing here is that. */
export async function matchProducts(db: Db, products: Iterable<string>): Promise<Map<string, Matched[]>> {
  const wanted = [...new Set(products)].map((product) => ({
    product,
    cpe: readCpe(product),
    named: readNamed(product),
  }));
  const [named, byCpe] = await Promise.all([
    readNamedSoftware(db, [...new Set(wanted.flatMap((one) => one.named?.names ?? []))]),
    readByCpe(db, [...new Set(wanted.flatMap((one) => one.cpe?.key ?? []))]),
  ]);
  const byName = new Map<string, Set<ProductRow>>();
  for (const row of named) {
    for (const name of [row.name, row.sourcePackage, row.extensionId]) {
      const known = byName.get(name.toLowerCase());
      if (known) known.add(row);
      else byName.set(name.toLowerCase(), new Set([row]));
    }
  }
  const ofKey = Map.groupBy(byCpe, (row) => row.key);
  return new Map(
    wanted.map(({ product, cpe, named: one }) => {
      if (cpe) return [product, matchCpe(cpe, ofKey.get(cpe.key) ?? [])];
      const rows = new Set((one?.names ?? []).flatMap((name) => [...(byName.get(name) ?? [])]));
      return [product, one?.purl ? matchPurl(one.purl, [...rows]) : matchName(product, [...rows])];
    }),
  );
}

/** What a product that is no CPE name can be called here, in lower case. */
function readNamed(product: string): { purl: Purl | null; names: string[] } | null {
  if (product.startsWith('cpe:')) return null;
  if (!product.startsWith('pkg:')) return { purl: null, names: [product.toLowerCase()] };
  const purl = parsePurl(product);
  if (!purl) return null;
  const { namespace, name } = purl;
  const full = [namespace, name].filter(Boolean);
  const names = [name, full.join('/'), full.join('.'), name.replaceAll('-', '_')];
  return { purl, names: [...new Set(names.map((one) => one.toLowerCase()))] };
}

const matchName = (product: string, rows: ProductRow[]): Matched[] =>
  distinct(
    rows.filter((row) => row.name.toLowerCase() === product.toLowerCase()),
    false,
  );

function matchPurl({ type, namespace, name, version, qualifiers }: Purl, rows: ProductRow[]): Matched[] {
  const isSource = sources.has(qualifiers.get('arch') ?? '');
  const distro = qualifiers.get('distro');
  const matching = rows.filter((row) => {
    const own = parsePurl(purlOf(row));
    if (own?.type !== type || (namespace !== '' && own.namespace !== namespace)) return false;
    if (distro !== undefined && row.context !== distro) return false;
    const isNamed = isSource ? sourceOf(row) === name : own.name.toLowerCase() === name.toLowerCase();
    if (!isNamed) return false;
    return version === '' || (isSource ? row.sourceVersion || own.version : own.version) === version;
  });
  return distinct(matching, version !== '');
}

interface Cpe {
  key: string;
  /** Null: any. */
  version: string | null;
}

/** Both bindings: cpe:2.3:a:vendor:product:version and cpe:/a:vendor:product:version. */
function readCpe(product: string): Cpe | null {
  if (!product.startsWith('cpe:')) return null;
  const parts = product
    .replace(/^cpe:2\.3:/, '')
    .replace(/^cpe:\//, '')
    .split(':');
  const [part, vendor, name, version = '*'] = parts;
  if (!part || !vendor || !name) return null;
  const isAny = version === '*' || version === '-' || version === '';
  return { key: `cpe:${part}:${vendor}:${name}`, version: isAny ? null : version.replaceAll('\\', '') };
}

const matchCpe = ({ version }: Cpe, rows: CpeRow[]): Matched[] =>
  distinct(version === null ? rows : rows.filter((row) => row.version === version), version !== null);

function distinct(rows: { title_id: number; version_id: number }[], isVersioned: boolean): Matched[] {
  const ids = new Set(rows.map((row) => (isVersioned ? row.version_id : row.title_id)));
  return [...ids].map((id) => (isVersioned ? { title_id: null, version_id: id } : { title_id: id, version_id: null }));
}

const sourceOf = (row: ProductRow) => row.sourcePackage || row.name;

export function purlOf({ family, context, ...row }: ProductRow): string {
  const identity: PackageIdentity = {
    ...row,
    distribution: family === null || context === null ? null : { family, key: context },
  };
  return toPurl(identity);
}
