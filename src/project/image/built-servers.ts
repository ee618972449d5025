/** Servers that a build of a framework writes: no file of the project is what `node` then starts. */
import {type Files, scripts} from '../files.ts'
import type {ProjectReader} from '../reader.ts'
import type {ReadWord} from './arguments.ts'
import {peel} from './server-name.ts'
import type {Server, Surroundings} from './servers.ts'
import {hostOf, portOf, type Socket} from './sockets.ts'

interface Kind {
  name: string
  /** What is started. */
  started: RegExp
  /** The configuration that shows the framework. */
  config: string
  /** Variables, the first that is set counts, and the default. */
  ports: readonly string[]
  port: number
  hosts: readonly string[]
  host: string
  /** With this in the configuration the defaults are not known. */
  unless: RegExp
}

/** next 14 and later, nitropack 2, @sveltejs/adapter-node, @astrojs/node in its mode standalone. */
const kinds: readonly Kind[] = [
  {
    name: 'Next.js',
    started: /^(?:node|bun) (?:\.?\/)?(?:[\w./-]+\/)?server\.js$/,
    config: 'next.config',
    ports: ['PORT'],
    port: 3000,
    hosts: ['HOSTNAME'],
    host: '',
    unless: /^(?![\s\S]*standalone)/,
  },
  {
    name: 'Nuxt',
    started: /^(?:node|bun) (?:\S*\/)?(?:\.output\/)?server\/index\.mjs$/,
    config: 'nuxt.config',
    ports: ['NITRO_PORT', 'PORT'],
    port: 3000,
    hosts: ['NITRO_HOST', 'HOST'],
    host: '',
    unless: /\bpreset\b/,
  },
  {
    name: 'SvelteKit',
    started: /^(?:node|bun) (?:\S*\/)?build(?:\/(?:index\.js)?)?$/,
    config: 'svelte.config',
    ports: ['PORT'],
    port: 3000,
    hosts: ['HOST'],
    host: '0.0.0.0',
    unless: /envPrefix|^(?![\s\S]*adapter-node)/,
  },
  {
    name: 'Astro',
    started: /^(?:node|bun) (?:\S*\/)?server\/entry\.mjs$/,
    config: 'astro.config',
    ports: ['PORT'],
    port: 4321,
    hosts: ['HOST'],
    host: 'localhost',
    unless: /\bserver\s*:|middleware/,
  },
]

export async function builtServer(
  words: readonly ReadWord[],
  around: Surroundings,
  {paths, reader}: {paths: Files; reader: ProjectReader},
): Promise<Server | undefined> {
  const text = peel(words)
    .map((word) => word.text ?? '?')
    .join(' ')
  const kind = kinds.find(({started}) => started.test(text))
  const [config, another] = kind ? paths.named(...scripts(kind.config)) : []
  // A server.js of the project's own is no build of Next.js.
  if (!kind || config === undefined || another) return undefined
  const file = await reader.text(config)
  if (!file || kind.unless.test(file.text)) return undefined
  const set = (names: readonly string[], standard: string): ReadWord => {
    const variable = names.find((name) => around.variable(name)) ?? names.at(-1)
    const value = variable === undefined ? undefined : around.variable(variable)
    return {text: value ? value.value : standard, fixed: false, variable}
  }
  const socket: Socket = {host: hostOf(set(kind.hosts, kind.host)), port: portOf(set(kind.ports, String(kind.port)))}
  return {name: kind.name, everywhere: `with ${kind.hosts.at(-1)}=0.0.0.0`, sockets: [socket]}
}
