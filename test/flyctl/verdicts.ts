import {readFileSync} from 'node:fs'

/** What flyctl's own configuration code (0.4.87) said of one small fly.toml, made for one rule of it. */
export interface Verdict {
  name: string
  text: string
  /** `load`: it does not parse; `unmarshal`: no configuration comes of it; `invalid`: a validation rule refuses it. */
  class: 'load' | 'unmarshal' | 'invalid' | 'ok'
  /** What the refusing rules say. */
  says?: string[]
  row?: number
  column?: number
  /** What `config validate --strict` rejects. */
  strict?: string[]
  /** The groups whose machines cannot be made: deploy fails after the release command. */
  machine?: [group: string, error: string][]
  /** flyctl's configuration as JSON, Go's zero values left out where Go leaves them out. */
  decoded?: Record<string, unknown>
}

export const verdicts: readonly Verdict[] = readFileSync(new URL('verdicts.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Verdict)
