import { badRequest } from './errors.ts';

/** Where a page of a list ended: what its last row is ordered by, and the row's id, which breaks ties. */
export interface Position {
  value: string | number | null;
  id: number;
}

/** A position as text that only the server reads. `order` names the list's order with its direction. */
export const encodeCursor = (order: string, { value, id }: Position): string =>
  Buffer.from(JSON.stringify([order, value, id])).toString('base64url');

/**
 * The position a cursor means; null without a cursor.
 * @throws AppError `bad_request` for one that is none, or that belongs to another order
 */
export function decodeCursor(cursor: string | undefined, order: string): Position | null {
  if (cursor === undefined) return null;
  const parts = parse(cursor);
  if (!parts) throw badRequest('cursor', 'is not one that a list answered with: begin again without it');
  const [of, value, id] = parts;
  if (of !== order) throw badRequest('cursor', 'belongs to a list in another order: begin again without it');
  return { value, id };
}

function parse(cursor: string): [order: string, value: Position['value'], id: number] | null {
  try {
    const [order, value, id, ...more] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const isValue = value === null || typeof value === 'string' || typeof value === 'number';
    const isWhole = typeof id === 'number' && Number.isSafeInteger(id) && Math.abs(id) <= 2_147_483_647;
    return typeof order === 'string' && isValue && isWhole && more.length === 0 ? [order, value, id] : null;
  } catch {
    return null;
  }
}
