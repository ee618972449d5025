/** Bundler: what a Gemfile and a gemspec name. */
import type {TextFile} from '../../../files/text.ts'
import {matches, type Named} from './naming.ts'

/** "The path `…` does not exist", "There are no gemspecs at …", or what Ruby says of a file that it cannot read. */
export function* bundler(file: TextFile): Generator<Named> {
  yield* file.path.endsWith('.gemspec') ? gemspec(file) : gemfile(file)
}

const gemspecOf = (folder: string) => `${folder.replace(/(?<!\/)\/+$/, '')}/*.gemspec`

/** Groups may be left out. */
function* gemfile({text}: TextFile): Generator<Named> {
  yield* matches(
    text,
    /^gem[ (]{1,20}["'][^"'\n]{1,200}["'](?!.{0,500}\bgroups?\b)[^\n]{0,500}\bpath:[ \t]{0,50}["']([^"'\n]{1,300})["']/gm,
  )
  // With a version beside it, Bundler makes do without a gemspec.
  yield* matches(
    text,
    /^gem[ (]{1,20}["'][^"'\n]{1,200}["'](?![ \t]{0,50},[ \t]{0,50}["']|.{0,500}\bgroups?\b)[^\n]{0,500}\bpath:[ \t]{0,50}["']([^"']+)["']/gm,
    {
      to: gemspecOf,
    },
  )
  yield* matches(text, /^path[ (]+["']([^"']+)["']\)?\s+do\b/gm)
  for (const {0: whole, 1: options = '', index} of text.matchAll(/^gemspec\b(?!.*\bglob:)([^\n#]*)/gm)) {
    const option = (name: string) => new RegExp(`\\b${name}:\\s*["']([^"']+)["']`).exec(options)?.[1]
    const folder = option('path') ?? '.'
    yield {
      path: `${folder}/${option('name') ?? '*'}.gemspec`,
      start: index,
      end: index + whole.trimEnd().length,
      sure: true,
    }
  }
  yield* matches(text, /^ruby[ (]+file:\s*["']([^"']+)["']/gm)
  // `ruby File.read(".ruby-version").strip`, `version = File.read(File.join(__dir__, ".ruby-version"))`
  const reads =
    /^(?:ruby[ (]+|\w+\s*=\s*)(?:"[^"#\n]*#\{)?(?:File|IO)\.(?:read|readlines|open)[ (]+(?:File\.\w+\(\s*(?:__dir__,\s*)?)?["']([^"']+)["'](?!.*\b(?:if|rescue)\b)/gm
  yield* matches(text, reads)
  for (const each of matches(text, /^[ \t]{0,99}eval_gemfile[ (]+["']([^"']+)["'](?![^\n]*\b(?:if|unless)\b)/gm)) {
    if (opened(text.slice(0, each.start)).every((line) => always.test(line))) yield each
  }
}

/** Blocks that Bundler goes through whatever is left out of the install: groups and the like only mark the gems inside. */
const always = /^(?:group|source|platforms?|install_if|path|git|github)\b/

/** The lines that begin a block which is still open at the end. */
function opened(text: string): string[] {
  const open: string[] = []
  // The last line is the one that asks.
  for (const written of text.split('\n').slice(0, -1)) {
    const line = written.replace(/(?:^|\s)#[\s\S]*$/, '').trim()
    if (/^(?:if|unless|case|while|until|for|def|begin)\b|=\s*(?:if|case|begin)\b|\bdo(?:\s*\|[^|]*\|)?$/.test(line))
      open.push(line)
    else if (/^end\b/.test(line)) open.pop()
  }
  return open
}

const ruby = {to: (path: string) => (path.endsWith('.rb') ? path : `${path}.rb`)}

/** It is run where it lies: "There was an error while loading `cart.gemspec`: cannot load such file". */
function* gemspec({text}: TextFile): Generator<Named> {
  yield* matches(text, /^[ \t]*require_relative[ (]+["']([^"']+)["'](?!.*\b(?:if|unless|rescue)\b)/gm, ruby)
  // `$LOAD_PATH.unshift File.expand_path("lib", __dir__)`, and then `require "cart/version"`.
  if (/(?:\$:|\$LOAD_PATH|\$\{LOAD_PATH\})[^\n]{0,300}(?:lib|<<|unshift|push)/.test(text)) {
    const to = (path: string) => `lib/${ruby.to(path)}`
    yield* matches(text, /^[ \t]*require[ (]+["']([^"']+)["'](?!.*\b(?:if|unless|rescue)\b)/gm, {to})
  }
  const reads =
    /\b(?:File|IO)\.(?:read|readlines)[ (]+(?:File\.\w+\(\s*(?:__dir__,\s*)?)?["']([^"'#]+)["'](?!.*\b(?:if|unless|rescue)\b)/g
  yield* matches(text, reads)
}
