/** The files that RUN reads of a context that was copied as a whole. */
import {posix} from 'node:path'
import type {Instruction} from '../dockerfile/parse.ts'
import {flagOf} from '../dockerfile/parse.ts'
import {copyOf} from '../image/files/context-path.ts'

/** Of a stage: `COPY . .`, and what is run where that lies; one that says another folder is passed over. */
export function* runReads(instructions: readonly Instruction[]): Generator<{path: string; instruction: Instruction}> {
  let whole = false
  for (const instruction of instructions) {
    const {keyword, text} = instruction
    const copy = copyOf(instruction)
    if (keyword === 'FROM' || keyword === 'WORKDIR') whole = false
    else if (copy && flagOf(instruction, 'from') === undefined) whole ||= isWhole(copy)
    if (keyword !== 'RUN' || !whole || elsewhere.test(text)) continue
    for (const path of readBy(text)) yield {path, instruction}
  }
}

const isWhole = ({sources, target}: {sources: string[]; target: string}): boolean =>
  sources.some((source) => posix.normalize(source).replace(/\/$/, '') === '.') && /^\.?\/?$/.test(target)

/** It is in another folder, or makes or fetches files of its own. */
const elsewhere =
  /\b(?:cd|pushd|git|curl|wget|cp|mv|tee|unzip|tar|sed|init|export|compile)\b|>|--(?:prefix|directory|dir|cwd|filter|workspace|manifest-path|project)\b|(?:^|\s)-(?:C|w|F)(?:\s|$)/

const manifests: readonly (readonly [RegExp, string])[] = [
  [/\b(?:npm|pnpm|yarn|bun)\s+(?:ci|i|install|run)\b/, 'package.json'],
  [/\bgo\s+(?:build|mod\s+download|install\s+\.)/, 'go.mod'],
  [/\bcargo\s+build\b/, 'Cargo.toml'],
  [/\bbundle\s+install\b/, 'Gemfile'],
  [/\bmix\s+(?:deps\.get|compile|release)\b/, 'mix.exs'],
  [/\bcomposer\s+install\b/, 'composer.json'],
  [/\b(?:uv\s+sync|poetry\s+install)\b/, 'pyproject.toml'],
]

function readBy(text: string): string[] {
  const listed = [...text.matchAll(/(?:^|\s)(?:-r|--requirement)[ =](?:\.\/)?([\w.-]{1,100}\.txt)(?=\s|$)/gm)]
  return [
    ...listed.flatMap(([, name]) => name ?? []),
    ...manifests.filter(([command]) => command.test(text)).map(([, path]) => path),
  ]
}
