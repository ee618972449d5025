/** strconv.Atoi: digits with a sign, nothing else. */
export function wholeNumber(text: string): number | undefined {
  const number = /^[-+]?\d+$/.test(text) ? Number(text) : undefined
  return number !== undefined && Math.abs(number) < 2 ** 63 ? number : undefined
}

/** `vm.memory` in MiB: a bare number is MiB, a suffix counts in 1024s. Undefined where flyctl cannot read it. */
export const parseMemory = (text: string): number | undefined => parse(text, {base: 1024, unit: 1024 ** 2})

/** Sizes of volumes in GB: a bare number is GB, a suffix counts in 1000s. Undefined where flyctl cannot read it. */
export const parseVolumeSize = (text: string): number | undefined => parse(text, {base: 1000, unit: 1000 ** 3})

/** flyctl's helpers.ParseSize: first a bare number, then docker/go-units' parseSize, cut off to whole units. */
function parse(text: string, {base, unit}: {base: number; unit: number}): number | undefined {
  const bare = wholeNumber(text)
  if (bare !== undefined) return bare
  const [, number, suffix = ''] = /^\+?((?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?) ?([a-z]*)$/i.exec(text) ?? []
  const power = suffixes.get(suffix.toLowerCase())
  return number === undefined || power === undefined ? undefined : Math.trunc((Number(number) * base ** power) / unit)
}

/** go-units takes every form: k, kb, kib; b alone, and nothing at all. */
const suffixes = new Map<string, number>([
  ['', 0],
  ['b', 0],
  ...Array.from('kmgtp').flatMap((letter, index): [string, number][] =>
    [letter, `${letter}b`, `${letter}ib`].map((suffix) => [suffix, index + 1]),
  ),
])
