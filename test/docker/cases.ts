import {readFileSync} from 'node:fs'

/** A small Dockerfile with its context, and what BuildKit made of it (August 2026). RUN was not executed. */
export interface BuildCase {
  name: string
  dockerfile: string
  context: Record<string, string>
  symlinks?: Record<string, string>
  /** Build arguments; `target=NAME` is the build target. */
  args?: string[]
  image?: {
    Env?: string[]
    WorkingDir?: string
    User?: string
    Entrypoint?: string[]
    Cmd?: string[]
    ExposedPorts?: Record<string, unknown>
  }
  /** Folders end with `/`; behind a blank there may be more than the path. */
  files?: string[]
  /** Where the build stops. */
  error?: {at: 'parse' | 'copy'; message: string}
}

export const buildCases: readonly BuildCase[] = readFileSync(new URL('cases.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as BuildCase)
