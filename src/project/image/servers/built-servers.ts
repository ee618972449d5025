/**
 * Servers whose configuration decides where they listen: those that a build of a framework writes, which are no file of
 * the project, and those that its command starts.
 */
import {posix} from 'node:path'
import {type Files, scripts} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {Arguments, type ReadWord} from '../shell/arguments.ts'
import {peel} from './server-name.ts'
import type {Server, Surroundings} from './servers.ts'
import {hostOf, portOf, type Socket} from './sockets.ts'

interface Kind {
  name: string
  /** What is started. */
  started: RegExp
  /** The configuration that shows the framework. */
  config: readonly string[]
  /** Variables, the first that is set counts, and the default. */
  ports: readonly string[]
  port: number
  hosts: readonly string[]
  host: string
  /** With this in the configuration the defaults are not known. */
  unless: RegExp
  /** The folder that it is built into, where files of that name are common. */
  written?: string
  /** Of a command: flags count first. */
  flags?: {host: string[]; port: string[]}
}

const flags = {host: ['--host'], port: ['--port']}
const shortFlags = {host: ['-H', '--host'], port: ['-p', '--port']}

/** next 14 and later, nitropack 2, @sveltejs/adapter-node, @astrojs/node in its mode standalone. */
const kinds: readonly Kind[] = [
  {
    name: 'Next.js',
    started: /^(?:node|bun) (?:\.?\/)?(?:[\w./-]+\/)?server\.js$/,
    config: scripts('next.config'),
    ports: ['PORT'],
    port: 3000,
    hosts: ['HOSTNAME'],
    host: '',
    unless: /^(?![\s\S]*standalone)/,
    written: 'standalone',
  },
  {
    name: 'Nuxt',
    started: /^(?:node|bun) (?:\S*\/)?(?:\.output\/)?server\/index\.mjs$/,
    config: scripts('nuxt.config'),
    ports: ['NITRO_PORT', 'PORT'],
    port: 3000,
    hosts: ['NITRO_HOST', 'HOST'],
    host: '',
    unless: /\bpreset\b/,
  },
  {
    name: 'SvelteKit',
    started: /^(?:node|bun) (?:\S*\/)?build(?:\/(?:index\.js)?)?$/,
    config: scripts('svelte.config'),
    ports: ['PORT'],
    port: 3000,
    hosts: ['HOST'],
    host: '0.0.0.0',
    unless: /envPrefix|^(?![\s\S]*adapter-node)/,
  },
  {
    name: 'Astro',
    started: /^(?:node|bun) (?:\S*\/)?server\/entry\.mjs$/,
    config: scripts('astro.config'),
    ports: ['PORT'],
    port: 4321,
    hosts: ['HOST'],
    host: 'localhost',
    unless: /\bserver\s*:|middleware/,
  },
  {
    name: 'astro preview',
    started: /^astro (?:preview|dev)\b/,
    config: scripts('astro.config'),
    ports: [],
    port: 4321,
    hosts: [],
    host: 'localhost',
    unless: /\bserver\s*[:(]|adapter/,
    flags,
  },
  {
    name: 'ng serve',
    started: /^ng (?:serve|dev|s)\b/,
    config: ['angular.json'],
    ports: [],
    port: 4200,
    hosts: [],
    host: 'localhost',
    unless: /"(?:host|port)"\s*:/,
    flags,
  },
  {
    name: 'gatsby serve',
    started: /^gatsby serve\b/,
    config: scripts('gatsby-config'),
    ports: [],
    port: 9000,
    hosts: [],
    host: 'localhost',
    unless: /^\b$/,
    flags: shortFlags,
  },
  {
    name: 'gatsby develop',
    started: /^gatsby develop\b/,
    config: scripts('gatsby-config'),
    ports: ['PORT'],
    port: 8000,
    hosts: ['GATSBY_HOST'],
    host: 'localhost',
    unless: /^\b$/,
    flags: shortFlags,
  },
  {
    name: 'docusaurus serve',
    started: /^docusaurus (?:serve|start)\b/,
    config: scripts('docusaurus.config'),
    ports: ['PORT'],
    port: 3000,
    hosts: [],
    host: 'localhost',
    unless: /^\b$/,
    flags: {host: ['-h', '--host'], port: ['-p', '--port']},
  },
]

export async function builtServer(
  words: readonly ReadWord[],
  around: Surroundings,
  {paths, reader}: {paths: Files; reader: ProjectReader},
): Promise<Server | undefined> {
  const own = peel(words)
  const text = [own[0]?.text?.split('/').at(-1), ...own.slice(1).map((word) => word.text)]
    .map((word) => word ?? '?')
    .join(' ')
  const kind = kinds.find(({started}) => started.test(text))
  const [config, another] = kind ? paths.named(...kind.config) : []
  // A server.js of the project's own is no build of Next.js.
  if (!kind || config === undefined || another) return undefined
  // Of several apps of a repository it may be another one: then the image takes nothing of this folder.
  const folder = posix.basename(posix.dirname(config))
  const says = (part: string) => text.includes(part) || around.mentions(part)
  if (folder !== '.' && !(says(folder) && says(kind.written ?? folder))) return undefined
  const file = await reader.text(config)
  if (!file || kind.unless.test(file.text)) return undefined
  const args = kind.flags && new Arguments(own.slice(2), [])
  const everywhere = kind.flags ? `${kind.flags.host.at(-1)} 0.0.0.0` : `with ${kind.hosts.at(-1)}=0.0.0.0`
  if (args && !args.isKnown) return {name: kind.name, everywhere, sockets: []}
  const set = (flag: ReadWord | undefined, names: readonly string[], standard: string): ReadWord => {
    if (flag) return flag
    const variable = names.find((name) => around.variable(name)) ?? names.at(-1)
    const value = variable === undefined ? undefined : around.variable(variable)
    return {text: value ? value.value : standard, fixed: false, variable}
  }
  const socket: Socket = {
    host: hostOf(set(args?.last(...(kind.flags?.host ?? [])), kind.hosts, kind.host)),
    port: portOf(set(args?.last(...(kind.flags?.port ?? [])), kind.ports, String(kind.port))),
  }
  return {name: kind.name, everywhere, sockets: [socket]}
}
