/** Whether two paths end alike: one may be written from a folder further up or down. */
export function samePath(a: string, b: string): boolean {
  const [left, right] = [a, b].map((path) => `/${path.replace(/^(\.?\/)+/, '')}`) as [string, string]
  return left.endsWith(right) || right.endsWith(left)
}
