import {readFileSync} from 'node:fs'
import type {AnyCheck} from '../src/check.ts'
import type {MemoryFile} from '../src/testing/memory.ts'
import type {Project} from './harness.ts'

export const headings = ['Why', 'Bad', 'Good', 'Fix', 'When to ignore'] as const

/** A check's page: its title, its first line, and its sections as markdown. */
export interface Page {
  id: string
  summary: string
  sections: Map<string, string>
}

export function readPage({id}: AnyCheck): Page {
  const text = readFileSync(new URL(`../checks/${id}.md`, import.meta.url), 'utf8')
  const [head = '', ...rest] = text.split(/^## /m)
  const [title = '', summary = ''] = head.split('\n').filter((each) => each.trim() !== '')
  const sections = rest.map((section): [string, string] => {
    const end = section.indexOf('\n')
    return [section.slice(0, end).trim(), section.slice(end + 1)]
  })
  return {id: title.replace(/^# /, ''), summary, sections: new Map(sections)}
}

/**
 * The project that a section's code blocks show. Behind the language stands the file's name, or `$` and a command:
 * what git or flyctl print, that `ls` cannot list a folder, how preflight is called, or `$ env` and the variables that it sees. Blocks without either are for the reader alone.
 */
export function exampleOf(section: string): Project {
  const files: Record<string, MemoryFile> = {}
  const answers: Record<string, string> = {}
  let git: string | undefined
  let config: string | undefined
  let offline = false
  let env: Record<string, string> = {}
  for (const [, info = '', body = ''] of section.matchAll(/^```\w* (\S.*)\n([\s\S]*?)^```$/gm)) {
    if (info === '$ env') {
      env = Object.fromEntries(
        body
          .trim()
          .split('\n')
          .map((line) => line.split(/=(.*)/s).slice(0, 2)),
      )
      continue
    }
    const command = /^\$ (\S+) (.+)$/.exec(info)
    if (!command) files[info] = body
    else if (command[1] === 'git') git = body
    else if (command[1] === 'ls') files[`${command[2]}/`] = {error: 'EACCES'}
    else if (command[1] === 'preflight') {
      config = /-c (\S+)/.exec(command[2] as string)?.[1]
      offline = /--offline/.test(command[2] as string)
    } else answers[command[2] as string] = body
  }
  return {files, answers, options: {config, offline, env}, ...(git !== undefined && {git})}
}
