import { parsePurl } from '@flotilla/engine/purl/parse-purl';
import { type PackageIdentity, toPurl } from '@flotilla/engine/purl/to-purl';
import type { Db } from '../../kernel/db/database.ts';
import { type ProductRow, readByCpe, readNamedSoftware } from '../queries/vex.ts';

/** What a product of a document is here: titles where it names no version, else versions. */
export type Matched = { title_id: number; version_id: null } | { title_id: null; version_id: number };

const sources = new Set(['source', 'src']);

/** Software that a package URL, a CPE name or a plain name means; none where nothing here is that. */
export async function matchProduct(db: Db, product: string): Promise<Matched[]> {
  if (product.startsWith('pkg:')) return matchPurl(db, product);
  if (product.startsWith('cpe:')) return matchCpe(db, product);
  const rows = await readNamedSoftware(db, [product.toLowerCase()]);
  return distinct(
    rows.filter((row) => row.name.toLowerCase() === product.toLowerCase()),
    false,
  );
}

async function matchPurl(db: Db, text: string): Promise<Matched[]> {
  const wanted = parsePurl(text);
  if (!wanted) return [];
  const { type, namespace, name, version, qualifiers } = wanted;
  const full = [namespace, name].filter(Boolean);
  const names = [name, full.join('/'), full.join('.'), name.replaceAll('-', '_')].map((one) => one.toLowerCase());
  const isSource = sources.has(qualifiers.get('arch') ?? '');
  const distro = qualifiers.get('distro');
  const rows = (await readNamedSoftware(db, [...new Set(names)])).filter((row) => {
    const own = parsePurl(purlOf(row));
    if (own?.type !== type || (namespace !== '' && own.namespace !== namespace)) return false;
    if (distro !== undefined && row.context !== distro) return false;
    const isNamed = isSource ? sourceOf(row) === name : own.name.toLowerCase() === name.toLowerCase();
    if (!isNamed) return false;
    return version === '' || (isSource ? row.sourceVersion || own.version : own.version) === version;
  });
  return distinct(rows, version !== '');
}

async function matchCpe(db: Db, text: string): Promise<Matched[]> {
  // Both bindings: cpe:2.3:a:vendor:product:version and cpe:/a:vendor:product:version.
  const parts = text
    .replace(/^cpe:2\.3:/, '')
    .replace(/^cpe:\//, '')
    .split(':');
  const [part, vendor, product, version = '*'] = parts;
  if (!part || !vendor || !product) return [];
  const isAny = version === '*' || version === '-' || version === '';
  const rows = await readByCpe(db, `cpe:${part}:${vendor}:${product}`);
  return distinct(isAny ? rows : rows.filter((row) => row.version === version.replaceAll('\\', '')), !isAny);
}

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
