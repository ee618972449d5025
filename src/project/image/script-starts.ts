import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {flagOf} from '../dockerfile/parse.ts'
import type {Inputs} from '../inputs.ts'
import type {TextFile} from '../text.ts'
import {isStarted, machineCommands, startedBy} from './machine-commands.ts'
import {Programs} from './programs.ts'

/** A script of the project that a machine starts as a program, and cannot. */
export interface ScriptProblem {
  by: string
  /** Its path in the image. */
  path: string
  /** `mode`: nobody may run it. `interpreter`: its first line names a program that the image has not. */
  kind: 'mode' | 'shebang' | 'crlf' | 'interpreter'
  interpreter: string
  base: string
  distribution: 'debian' | 'alpine' | 'none' | undefined
  /** The first line of the script, or the script. */
  at: FileLocation
  command: FileLocation
  /** The COPY that brings it. */
  copy: FileLocation
}

export async function loadScriptStarts({reader}: Inputs, facts: FactStore): Promise<Fact<ScriptProblem[]>> {
  const [build, image, files, flyConfig] = await Promise.all([
    facts.get('build'),
    facts.get('image'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  if (build.state !== 'ok') return build
  if (image.state !== 'ok') return image
  const {final, stages} = build.value
  const programs = new Programs(build.value, image.value)
  const instructions = stages.flatMap(({stage}) => stage.instructions)
  const runs = instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : []))
  const found = new Map<string, ScriptProblem>()
  const {mounts = [], files: copied = []} = flyConfig?.config ?? {}

  for (const {by, words, at, behind} of machineCommands(build.value, flyConfig)) {
    if (!isStarted(behind, programs.base)) continue
    // A shell that stands before it runs a script without a first line, too.
    const isFirst = behind === undefined
    for (const [index, word] of startedBy(words).entries()) {
      if (!word.includes('/') || (!word.startsWith('/') && !final.config.workingDir)) continue
      const path = posix.resolve('/', final.config.workingDir, word)
      const entry = final.files.get(path)
      if (entry?.kind !== 'file' || !files?.has(entry.source) || found.has(path)) continue
      if (mounts.some(({destination = ''}) => destination && path.startsWith(`${destination}/`))) continue
      if (copied.some(({guest_path: guest}) => guest === path) || isChanged(posix.basename(path), path)) continue
      const isScript = /\.\w+$/.test(path) || (await reader.text(entry.source)) !== undefined
      const file = isScript ? await reader.text(entry.source) : undefined
      if (!file) continue
      const kind = await problemOf(file, isFirst && index === 0)
      if (!kind) continue
      const place = kind === 'mode' ? file.whole : file.lineSpan(1)
      const base = image.value.final.stage.image ?? ''
      const distribution = programs.base?.distribution
      const interpreter = interpreterOf(file.text) ?? ''
      found.set(path, {by, path, kind, interpreter, base, distribution, at: place, command: at, copy: entry.at})
    }
  }
  return known([...found.values()])

  async function problemOf(file: TextFile, isFirst: boolean): Promise<ScriptProblem['kind'] | undefined> {
    const chmod = instructions.some((each) => flagOf(each, 'chmod') !== undefined)
    if (!chmod && (await reader.isExecutable(file.path)) === false) return 'mode'
    if (!/^\ufeff?#!/.test(file.text)) {
      return isFirst && /\.(sh|bash|py|js|mjs|rb)$/.test(file.path) ? 'shebang' : undefined
    }
    if (file.text.startsWith('\ufeff')) return isFirst ? 'shebang' : undefined
    // env takes the carriage return as a part of the name, too.
    if (file.crlf) return 'crlf'
    const interpreter = interpreterOf(file.text)
    return interpreter !== undefined && programs.has(interpreter) === 'no' ? 'interpreter' : undefined
  }

  /** Whether a RUN may change the script or its permissions: it names it, or many files. */
  function isChanged(name: string, path: string): boolean {
    return runs.some(
      (text) =>
        text.includes(name) ||
        (/\b(chmod|sed|dos2unix|install|find|xargs)\b/.test(text) &&
          (/\*|-R\b|-\w*R|--recursive|\bfind\b|\$/.test(text) || text.includes(posix.dirname(path)))),
    )
  }
}

/** `bash` of `#!/bin/bash -e` and of `#!/usr/bin/env bash`; undefined for a program in a place of its own. */
function interpreterOf(text: string): string | undefined {
  const [, line = ''] = /^#![ \t]*([^\n]*)/.exec(text) ?? []
  const [program = '', ...rest] = line.trim().split(/\s+/)
  if (/^(\/usr)?\/bin\/env$/.test(program)) return rest.find((word) => !word.startsWith('-') && !word.includes('='))
  return /^\/(?:usr\/)?bin\/((?:ba|da)?sh)$/.exec(program)?.[1]
}
