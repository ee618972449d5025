/** The order of two texts by their code units, which is the same on every machine, or of two numbers. */
export const compare = <T extends string | number | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)
