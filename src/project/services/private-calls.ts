/** Where files say that something calls this app by its name on Fly.io's private network. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {escapePattern} from '../escape-pattern.ts'
import {isApart} from '../files/apart.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {isConfigName} from '../fly-config/find.ts'
import type {Inputs} from '../inputs.ts'
import {topFolder, workflowFiles, workflowFolders} from '../workflows/workflow-folders.ts'
import {notATarget} from './local-target.ts'

/** `http://web.process.shop.internal:8080` */
export interface PrivateCall {
  /** The address, without what stands before its host or behind its port. */
  text: string
  /** That of the scheme where none is written; undefined for one of which it is not known. */
  port: number | undefined
  /** The process group whose machines alone the name means. */
  group: string | undefined
  at: FileLocation
}

const standardPorts = new Map(Object.entries({http: 80, ws: 80, https: 443, wss: 443}))

/** In configurations of this and other apps, of nginx and Caddy, and in commands that set secrets. */
export async function loadPrivateCalls({reader}: Inputs, facts: FactStore): Promise<Fact<PrivateCall[]>> {
  const {name} = await facts.need('appName')
  const files = (await facts.value('files')) ?? noFiles
  const paths = new Set([
    ...(await configPaths(reader, files)),
    ...serverFiles(files),
    ...(await scripts(reader, files)),
  ])
  const texts = await Promise.all([...paths].map((path) => reader.glance(path)))
  return known(texts.flatMap((file) => (file?.text.includes(`${name}.internal`) ? callsIn(file, name) : [])))
}

function callsIn(file: TextFile, app: string): PrivateCall[] {
  const address = new RegExp(
    `(?:\\b(\\w{1,20}):\\/\\/(?:[^\\s/@"']{0,200}@)?)?((?:[\\w-]{1,63}\\.){0,5})(?<![\\w-])${escapePattern(app)}\\.internal\\b(?::(\\d{1,5})\\b)?(?![\\w.-])`,
    'g',
  )
  const isConfig = file.path.endsWith('.toml')
  return [...file.text.matchAll(address)].flatMap((match) => {
    const [text, scheme, before = '', port] = match
    const start = file.text.lastIndexOf('\n', match.index) + 1
    const line = file.text.slice(start, match.index)
    const [, variable = ''] = /(\w{1,100})\s{0,9}[=:]\s{0,9}["']?[^"']*$/.exec(line) ?? []
    const isComment = /^\s*(?:#|\/\/)|\becho\b|\bprintf\b/.test(line) || (isConfig && /#(?=[^"']*$)/.test(line))
    if ((!scheme && !port) || isComment || notATarget.test(variable)) return []
    return [
      {
        text,
        port: port === undefined ? standardPorts.get(scheme?.toLowerCase() ?? '') : Number(port),
        group: /^([\w-]+)\.process\.$/.exec(before)?.[1],
        at: file.span(match.index, match.index + text.length),
      },
    ]
  })
}

/** Of the whole repository, as far as one lies where people put them: at its top, or in folders of one or two levels. */
async function configPaths(reader: ProjectReader, files: Files): Promise<string[]> {
  const top = (await topFolder(reader)) ?? '.'
  if (top === '.') return files.ending('.toml').filter((path) => isConfigName(posix.basename(path)) && !isApart(path))
  const below = async (folder: string) =>
    (await reader.list(folder)).filter((name) => /^[^.].*\/$/.test(name)).map((name) => posix.join(folder, name))
  const first = await below(top)
  const second = await Promise.all(
    first.filter((each) => /\/(?:apps|packages|services|infra|deploy)\/$/.test(each)).map(below),
  )
  const folders = [top, ...first, ...second.flat()].filter((each) => !/\/node_modules\//.test(each))
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await reader.list(folder)).filter(isConfigName).map((name) => posix.join(folder, name)),
    ),
  )
  return found.flat()
}

const serverFiles = (files: Files): string[] =>
  [...files.ending('.conf'), ...files.ending('.conf.template'), ...files.named('Caddyfile')].filter(
    (path) => !isApart(path),
  )

async function scripts(reader: ProjectReader, files: Files): Promise<string[]> {
  const [folder] = await workflowFolders(reader)
  return [...files.ending('.sh'), ...(folder === undefined ? [] : await workflowFiles(reader, folder))]
}
