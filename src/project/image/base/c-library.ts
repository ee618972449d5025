import type {Builder} from '../packages/linked-builds.ts'
import type {Release} from './releases.ts'

export const libcOf = ({system, libc, minor}: Release): string =>
  libc === 'none' ? 'without a C library' : libc === 'musl' ? `${system}, musl` : `${system}, glibc 2.${minor}`

/** Whether a program of one system surely, or likely, does not start on another. */
export function libcMismatch(
  {always, links, staticOnAlpine, carries}: Builder,
  built: Release,
  runs: Release,
): 'sure' | 'likely' | undefined {
  if (carries) return built.libc !== runs.libc && built.libc !== 'none' && runs.libc !== 'none' ? 'likely' : undefined
  const other = always ? 'sure' : 'likely'
  if (built.libc === 'musl') return runs.libc === 'glibc' && links && !staticOnAlpine ? other : undefined
  if (built.libc !== 'glibc') return undefined
  if (runs.libc !== 'glibc') return other
  const [newer = 0, older = 0] = [built.minor, runs.minor]
  if (!links || newer <= older) return undefined
  // Every program that is linked since 2.34 asks for that version (__libc_start_main).
  if (newer >= 34 && older < 34) return built.stated && runs.stated ? other : 'likely'
  // What many take of 2.38 and 2.39: strtol of C23, and pidfd_spawnp of Rust's Command.
  return newer >= 39 && older < 38 ? 'likely' : undefined
}
