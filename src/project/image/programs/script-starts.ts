import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isOfCi} from '../../deploys/deploy-commands.ts'
import {allInstructions, flagOf, type Instruction} from '../../dockerfile/parse.ts'
import {overlayOf} from '../../elixir/overlays.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {usualPath} from '../base/base-images.ts'
import {isBelow, overlaps} from '../files/image-path.ts'
import {isStarted, machineCommands, startedBy} from '../machine-commands.ts'
import {finalPrograms, mayInstallAnything} from './programs.ts'

/** A script of the project that a machine starts as a program, and cannot. */
export interface ScriptProblem {
  by: string
  /** Its path in the image. */
  path: string
  /**
   * `mode`: nobody may run it. `interpreter`: its first line names a program that the image has not. `crlf`: that line ends
   * with a carriage return. `lines`: so do those that a shell reads. `echo`: a RUN writes it, all in its first line. `path`:
   * it is named without its folder, which is not on PATH. `words`: its first line gives env more than a program.
   */
  kind: 'path' | 'mode' | 'shebang' | 'crlf' | 'lines' | 'interpreter' | 'echo' | 'words'
  interpreter: string
  base: string
  distribution: 'debian' | 'alpine' | 'none' | undefined
  /** The first line of the script, or the script. */
  at: FileLocation
  command: FileLocation
  /** The COPY that brings it. */
  copy: FileLocation
  /** The scripts beside it may not be run either, and no CI deploys: so does git keep what comes from Windows. */
  isOfWindows?: boolean
}

type Placed = {at: FileLocation; source: string}

export async function loadScriptStarts({reader}: Inputs, facts: FactStore): Promise<Fact<ScriptProblem[]>> {
  const [[build, image], files, flyConfig, deploys] = await Promise.all([
    facts.needAll('build', 'image'),
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('deployCommands'),
  ])
  const {final, stages} = build
  const programs = finalPrograms(build, image)
  const base = image.final.stage.image ?? ''
  const instructions = stages.flatMap(({stage}) => stage.instructions)
  const runs = instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : []))
  const found = new Map<string, ScriptProblem>()
  const {mounts = [], files: copied = []} = flyConfig?.config ?? {}

  /** Whether a folder of PATH has a file of this name, or got some that are not seen. */
  const mayHave = (folder: string, name: string): boolean => {
    const path = posix.join(folder, name)
    return (
      final.files.get(path) !== undefined ||
      final.unknown.some((each) => each.by === 'copy' && overlaps(path, each.path)) ||
      mounts.some(({destination = ''}) => destination && isBelow(path, destination)) ||
      copied.some(({guest_path: guest}) => guest === path)
    )
  }

  /** A package of the project's own may have the script as a program: `scripts` of setup.py, `bin` of package.json. */
  const packagesText = async (): Promise<string> => {
    const names = ['setup.py', 'setup.cfg', 'pyproject.toml', 'package.json']
    return (await reader.texts((files ?? noFiles).named(...names))).map(({text}) => text).join('\n')
  }

  for (const {by, words, at, behind} of machineCommands(build, flyConfig)) {
    if (!isStarted(behind, programs.base)) continue
    // A shell that stands before it runs a script without a first line, too.
    const isFirst = behind === undefined
    const started = startedBy(words)
    const read = readBy(started.at(-1), words)
    for (const [index, word] of started.entries()) {
      if (word.includes('/')) await add(word, (file) => problemOf(file, isFirst && index === 0))
      else await addUnfound(word)
    }
    if (read !== undefined) await add(read, async (file) => (file.crlf ? ['lines'] : []))

    /** `CMD ["start.sh"]`: a name without a folder is looked for on PATH, and not in the working directory. */
    async function addUnfound(word: string): Promise<void> {
      const {workingDir, env} = final.config
      const path = posix.resolve('/', workingDir, word)
      const entry = final.files.get(path)
      if (!/\.(?:sh|bash|py|rb|pl)$/.test(word) || !workingDir || entry?.kind !== 'file' || !programs.base) return
      const folders = (env.get('PATH') ?? usualPath).split(':')
      const isNamed = folders.some(
        (folder) => !folder.startsWith('/') || /[$]/.test(folder) || posix.resolve(folder) === posix.dirname(path),
      )
      // `env PATH=/app:$PATH start.sh`
      const isSet = flyConfig?.config.env?.PATH !== undefined || words.some((each) => each.startsWith('PATH='))
      if (isNamed || isSet || found.has(path) || folders.some((folder) => mayHave(folder, word))) return
      if (word === 'docker-entrypoint.sh' && !withoutEntrypoint.test(base)) return
      // A RUN may lay it, or a link to it, into another folder.
      if (runs.some((text) => mayMove(text, word, folders) || mayInstallAnything(text))) return
      if ((await packagesText()).includes(word)) return
      const distribution = programs.base.distribution
      found.set(path, {by, path, kind: 'path', interpreter: '', base, distribution, at, command: at, copy: entry.at})
    }

    async function add(word: string, problem: (file: TextFile) => Promise<ScriptProblem['kind'][]>) {
      if (!word.startsWith('/') && !final.config.workingDir) return
      const path = posix.resolve('/', final.config.workingDir, word)
      const entry = final.files.get(path)
      const writer = entry || word === read ? undefined : writerOf(path)
      if (writer && !found.has(path) && base && programs.base?.distribution === 'alpine') {
        const {at: written} = writer
        found.set(path, {
          ...{by, path, kind: 'echo', interpreter: 'sh', base, distribution: 'alpine'},
          ...{at: written, command: at, copy: written},
        })
      }
      const file = entry ? entry.kind === 'file' && entry : files && (await overlayOf(path, build, {files, reader}))
      if (!file || !files?.has(file.source) || found.has(path)) return
      if (mounts.some(({destination = ''}) => destination && path.startsWith(`${destination}/`))) return
      if (copied.some(({guest_path: guest}) => guest === path)) return
      const script = await reader.text(file.source)
      const kind = script && (await problem(script)).find((each) => !isChanged(each, path, file))
      if (!kind) return
      const place = kind === 'mode' ? script.whole : script.lineSpan(1)
      const distribution = programs.base?.distribution
      const interpreter =
        kind === 'lines'
          ? posix.basename(started.at(-1) as string)
          : kind === 'words'
            ? envWords(script.text)
            : interpreterOf(script.text)
      found.set(path, {
        ...{by, path, kind, interpreter: interpreter ?? '', base, distribution},
        ...{at: place, command: at, copy: file.at},
        ...(kind === 'mode' && (await isOfWindows(file.source)) && {isOfWindows: true}),
      })
    }
  }
  return known([...found.values()])

  /** There no file has that permission, and what is sent to the builder from there gets it (fsutil, stat.go). */
  async function isOfWindows(source: string): Promise<boolean> {
    if (!deploys || deploys.commands.some((command) => isOfCi(command.at.file))) return false
    const beside = (files ?? noFiles).in(posix.dirname(source)).filter((each) => each !== source)
    const scripts = (await reader.texts(beside)).filter(({text}) => text.startsWith('#!'))
    const rights = await Promise.all(scripts.map(({path}) => reader.isExecutable(path)))
    return rights.length > 0 && rights.every((each) => each === false)
  }

  /**
   * The RUN that writes a script with `echo '#!/bin/sh\\n…'`, when nothing writes it behind: the shell of Alpine leaves
   * the two characters as they are, that of Debian makes a line of them.
   */
  function writerOf(path: string): Instruction | undefined {
    const name = posix.basename(path)
    const own = allInstructions(final.stage)
    if (own.some(({keyword}) => keyword === 'SHELL')) return undefined
    const naming = own.filter(({keyword, text}) => /^(?:RUN|COPY|ADD)$/.test(keyword) && text.includes(name))
    const [writer, ...behind] = naming
    if (writer?.keyword !== 'RUN' || behind.some(({text}) => !/^\s*(?:RUN\s+)?(?:chmod|chown)\s[^;&|>]*$/.test(text)))
      return undefined
    const text = writer.text.replace(/\\\r?\n/g, '')
    const [whole, , place] =
      /\becho\s+(["'])#!\/[^"'\n]{0,200}?\\n(?:(?!\1)[^\n]){0,5000}\1\s*>\s*([^\s;&|]+)/.exec(text) ?? []
    if (whole === undefined || place === undefined) return undefined
    const isThis = posix.resolve('/', final.config.workingDir, place) === path
    const rest = text.slice(text.indexOf(whole) + whole.length)
    return isThis && /^\s*(?:&&\s*(?:chmod|chown|mkdir)\s[^;&|>]*)*$/.test(rest) ? writer : undefined
  }

  /** What keeps the system from running it, the first first. */
  async function problemOf(file: TextFile, isFirst: boolean): Promise<ScriptProblem['kind'][]> {
    const chmod = instructions.some((each) => flagOf(each, 'chmod') !== undefined)
    const found: ScriptProblem['kind'][] = []
    if (!chmod && (await reader.isExecutable(file.path)) === false) found.push('mode')
    const interpreter = interpreterOf(file.text)
    if (!/^#!/.test(file.text)) {
      const isScript = file.text.startsWith('\ufeff#!') || /\.(sh|bash|py|js|mjs|rb)$/.test(file.path)
      if (isFirst && isScript) found.push('shebang')
    }
    // env takes the carriage return as a part of the name, too.
    else if (file.crlf) found.push('crlf')
    else if (envWords(file.text) !== undefined) found.push('words')
    else if (interpreter !== undefined && programs.has(interpreter) === 'no') found.push('interpreter')
    return found
  }

  /** What runs once the last stage has a file of the context; any RUN where it comes in another way. */
  function runsBehind(copy: FileLocation): string[] {
    const own = allInstructions(final.stage)
    const place = own.findIndex((each) => each.at === copy && flagOf(each, 'from') === undefined)
    return place < 0 ? runs : own.slice(place + 1).flatMap(({keyword, text}) => (keyword === 'RUN' ? text : []))
  }

  /** `cp .fly/entrypoint.sh /entrypoint`, of the file that is there already. */
  function laysSame(part: string, path: string, source: string): boolean {
    const [, from, to] = /^\s*(?:(?:then|do)\s+)?cp\s+(?:-[a-zA-Z]+\s+)?([\w./-]+)\s+([\w./-]+)\s*$/.exec(part) ?? []
    if (from === undefined || to === undefined) return false
    const [entry, target] = [from, to].map((each) => posix.resolve('/', final.config.workingDir, each)) as [
      string,
      string,
    ]
    const copied = final.files.get(entry)
    return target === path && copied?.kind === 'file' && copied.source === source
  }

  /** Whether a RUN may have cured the script, its permissions or its text: it names it, or many files. */
  function isChanged(kind: ScriptProblem['kind'], path: string, {at: copy, source}: Placed): boolean {
    const name = posix.basename(path)
    const isWide = (part: string) =>
      rewriters.test(part) ||
      (changers.test(part) &&
        (/\*|-R\b|-\w*R|--recursive|\bfind\b|\$/.test(part) || part.includes(posix.dirname(path))))
    return runsBehind(copy)
      .flatMap((text) => text.replace(/\\\r?\n/g, ' ').split(/&&|\|\|?|;|\n/))
      .filter((part) => !laysSame(part, path, source))
      .some((part) => (kind === 'mode' || !changesRightsOnly(part)) && (part.includes(name) || isWide(part)))
  }
}

/** `chmod +x start.sh`, `find . -exec chmod +x {} +`: what changes the rights of a script, and none of its text. */
function changesRightsOnly(part: string): boolean {
  if (part.includes('>')) return false
  const command = part.replace(/^\s*(?:(?:if|then|do|sudo)\s+)*/, '')
  if (/^(?:chmod|chown|chgrp|ls|test|stat)\s/.test(command)) return true
  const started = [...command.matchAll(/-exec(?:dir)?\s+(\S+)/g)].map(([, program = '']) => program)
  return /^find\s/.test(command) && started.length > 0 && started.every((each) => /^ch(?:mod|own)$/.test(each))
}

/** Images of others have a script of this name on PATH, to stand before their program. */
const withoutEntrypoint = /^(?:debian|ubuntu|alpine|python|golang|ruby|rust|elixir|erlang)(?=:|$)/

/** Whether a RUN does more with a script, or with all of them, than change its rights. */
function mayMove(text: string, name: string, folders: readonly string[]): boolean {
  const isInto = (part: string) => folders.some((folder) => part.includes(folder))
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/&&|\|\|?|;|\n/)
    .some(
      (part) =>
        (part.includes(name) || /\*|\bfind\b|\bln\b/.test(part) || (laysFiles.test(part) && isInto(part))) &&
        !changesRightsOnly(part) &&
        !/^\s*rm\s/.test(part),
    )
}

const laysFiles = /\b(?:cp|mv|tar|unzip)\b|^\s*install\b/

/** What writes a text anew, for many files in a loop: `for f in *.sh; do tr -d '\r' <$f >t; mv t $f; done`. */
const rewriters = /\b(?:tr|perl|awk|ex|python3?|node)\s[^*$]{0,500}[*$]|\b(?:mv|cp|tee)\s[^$]{0,500}\$/

/** `install` alone is a program; behind others, as in `apt-get install`, it changes no file of the project. */
const changers = /\b(?:chmod|sed|dos2unix|find|xargs)\b|(?:^|\bdo|\bthen|\bsudo)\s*install\b/

/** `start.sh` of `sh -e start.sh`: what a shell is given to read. */
function readBy(program: string | undefined, words: readonly string[]): string | undefined {
  if (program === undefined || !/^(ba|da|a)?sh$/.test(posix.basename(program))) return undefined
  const rest = words.slice(words.indexOf(program) + 1)
  const script = rest.find((word) => !/^-[eux]+$/.test(word))
  return script?.startsWith('-') ? undefined : script
}

/** `bash` of `#!/bin/bash -e` and of `#!/usr/bin/env bash`; undefined for a program in a place of its own. */
function interpreterOf(text: string): string | undefined {
  const [, line = ''] = /^#![ \t]*([^\n]*)/.exec(text) ?? []
  const [program = '', ...rest] = line.trim().split(/\s+/)
  if (/^(\/usr)?\/bin\/env$/.test(program)) return rest.find((word) => !word.startsWith('-') && !word.includes('='))
  return /^\/(?:usr\/)?bin\/((?:ba|da)?sh)$/.exec(program)?.[1]
}

/**
 * `node --no-warnings` of `#!/usr/bin/env node --no-warnings`: Linux hands all of it to env as one argument, which is the
 * name of a program then. `env -S` parts it; a word with `=` is a variable, and a blank at the end is dropped.
 */
function envWords(text: string): string | undefined {
  const [, words = ''] = /^#![ \t]*(?:\/usr)?\/bin\/env[ \t]+([^\n]*)/.exec(text) ?? []
  const all = words.trim()
  return /^[^-=\s][^=]*\s/.test(all) ? all : undefined
}
