/** The environments that a dependency of mix.exs is for, by its `only:`; undefined where it is for all of them. */
export function onlyIn(dependency: string): string[] | undefined {
  const [, only] = /\bonly:\s{0,20}(:\w{1,50}|\[[\s:,\w]{0,200}\])/.exec(dependency) ?? []
  return only?.match(/\w+/g) ?? undefined
}
