import {plainName} from './base-images.ts'
import {usualRelease} from './releases.ts'

/** An image without compilers, headers and git, and for which language it is. */
export interface SlimImage {
  language: 'node' | 'ruby' | 'python'
  distribution: 'debian' | 'alpine'
  /** Debian's release, or Alpine's (`3.21`); undefined where the tag does not tell it. */
  release: string | undefined
  /** The language's version as the tag has it, `20` or `3.3.4`. */
  version: string | undefined
  /** libyaml's headers came with it. */
  hasYamlHeaders: boolean
}

const version = '(\\d+(?:\\.\\d+){0,2}|lts|latest|current)'
const codename = 'stretch|buster|bullseye|bookworm|trixie'
const slim = (name: string, separator: string) =>
  new RegExp(`^${name}:(?:${version}-)?${separator}((?:${codename})-slim|slim-(?:${codename})|slim|alpine[\\d.]*)$`)

/** The official slim and Alpine images, and those of fullstaq-ruby (which `fly launch` chose for Rails before 2023). */
const families: readonly {pattern: RegExp; language: SlimImage['language']}[] = [
  {pattern: slim('node', ''), language: 'node'},
  {pattern: slim('python', ''), language: 'python'},
  {pattern: slim('ruby', ''), language: 'ruby'},
  {pattern: slim('quay\\.io/evl\\.ms/fullstaq-ruby', '(?:jemalloc-|malloctrim-)?'), language: 'ruby'},
]

/** The Alpine of node tags without a release, as far as they are still built or were last built on it: `20-alpine`, not `20.1.0-alpine`. */
const nodeAlpines: Readonly<Record<string, string>> = {
  14: '3.17',
  16: '3.18',
  18: '3.21',
  20: '3.23',
  22: '3.24',
  24: '3.24',
  26: '3.24',
}

/**
 * The slim and Alpine ruby images had them until January 2025 (docker-library/ruby, pull requests 493 and 497): a tag
 * that names an older version still has.
 */
function hadYamlHeaders(version: string | undefined): boolean {
  const [major = 99, minor = 99, patch = 99] = (version ?? '').split('.').map((part) => Number(part || 99))
  if (major < 3 || (major === 3 && minor < 1)) return true
  const last = [undefined, 6, 6, 6, 1][minor]
  return major === 3 && last !== undefined && patch <= last
}

/** undefined for an image that is full or not known. */
export function slimImage(name: string): SlimImage | undefined {
  const plain = plainName(name)
  for (const {pattern, language} of families) {
    const [, number, variant = ''] = pattern.exec(plain) ?? []
    if (!variant) continue
    const distribution = variant.startsWith('alpine') ? 'alpine' : 'debian'
    const named = new RegExp(codename).exec(variant)?.[0]
    const usual =
      language !== 'node'
        ? undefined
        : distribution === 'debian'
          ? usualRelease('node', number)
          : nodeAlpines[number ?? '']
    const numbered = /^alpine(\d+\.\d+)/.exec(variant)?.[1]
    return {
      language,
      distribution,
      release: named ?? numbered ?? (variant === 'alpine' || distribution === 'debian' ? usual : undefined),
      version: /^\d/.test(number ?? '') ? number : undefined,
      hasYamlHeaders: plain.startsWith('ruby:') && hadYamlHeaders(number),
    }
  }
  return undefined
}
