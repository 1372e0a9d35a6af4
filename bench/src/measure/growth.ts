/**
 * How a cost grows with size, as an exponent: 1 when twice the size costs twice as much, 0 when size does not matter. The
 * slope of the straight line through the logarithms.
 */
export function growthExponent(points: readonly { size: number; cost: number }[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  const mean = (pick: 'x' | 'y') => logs.reduce((sum, point) => sum + point[pick], 0) / logs.length;
  const [x, y] = [mean('x'), mean('y')];
  const above = logs.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  const below = logs.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return above / below;
}
