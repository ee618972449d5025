/** What a wheel must be built for: CPython of a minor version on x86-64, which Fly's machines are. */
export interface WheelTarget {
  /** 12 of 3.12 */
  minor: number
  libc: 'glibc' | 'musl'
}

/** Whether pip would take the file (PEP 425, and the order of packaging.tags); a newer libc than the image's counts as there. */
export function wheelFits(file: string, {minor, libc}: WheelTarget): boolean {
  const tags = tagsOf(file)
  if (!tags) return false
  const platform =
    libc === 'glibc' ? /^(any|linux_x86_64|manylinux\w*_x86_64)$/ : /^(any|linux_x86_64|musllinux\w*_x86_64)$/
  if (!tags.platforms.some((each) => platform.test(each))) return false
  return tags.pythons.some((python) => {
    const [, kind, version = ''] = /^(py|cp)3(\d*)$/.exec(python) ?? []
    if (!kind) return false
    const atMost = version === '' || Number(version) <= minor
    return tags.abis.some((abi) => {
      if (abi === 'none') return kind === 'py' ? atMost : Number(version) === minor
      if (abi === 'abi3') return kind === 'cp' && atMost
      return abi.replace(/m$/, '') === `cp3${minor}` && Number(version) === minor
    })
  })
}

/** Whether a wheel is for one platform, or for all. */
export const isCompiled = (file: string): boolean => !(tagsOf(file)?.platforms.includes('any') ?? true)

function tagsOf(file: string): {pythons: string[]; abis: string[]; platforms: string[]} | undefined {
  const [platform, abi, python, ...rest] = file
    .replace(/\.whl$/, '')
    .split('-')
    .reverse()
  if (!file.endsWith('.whl') || rest.length < 2) return undefined
  const [pythons, abis, platforms] = [python, abi, platform].map((each) => (each as string).split('.'))
  return {pythons, abis, platforms} as ReturnType<typeof tagsOf>
}
