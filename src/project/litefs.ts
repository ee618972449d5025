import type {FileLocation} from '../check.ts'
import {absent, type Fact, type FactStore, known} from '../facts.ts'
import type {Inputs} from './inputs.ts'

/** What litefs.yml says, with the variables that are known filled in. */
export interface LiteFs {
  /** Where it keeps its data; undefined where a variable decides. */
  data: {folder: string; at: FileLocation} | undefined
  /** Its proxy, which sends what writes to the primary: the port that it listens on, and that of the app. */
  proxy: {port: number; target: number; at: FileLocation} | undefined
  /** The CMD that would mount it, where fly.toml starts something else in its place. */
  replaced: FileLocation | undefined
}

export async function loadLiteFs({reader}: Inputs, facts: FactStore): Promise<Fact<LiteFs>> {
  const [files, flyConfig, dockerfile, image, processes] = await Promise.all([
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('dockerfile'),
    facts.value('image'),
    facts.value('processes'),
  ])
  const mounted = processes?.find(/\blitefs mount\b/)
  const cmd = dockerfile?.final.instructions.findLast(({keyword}) => keyword === 'CMD')
  const replaced =
    !processes?.find(/litefs/) && cmd && /\blitefs["',\s]{1,9}mount\b/.test(cmd.text) ? cmd.at : undefined
  if (!mounted && !replaced) return absent('nothing mounts LiteFS')
  const [path, another] = files?.named('litefs.yml', 'litefs.yaml') ?? []
  const file = path === undefined || another !== undefined ? undefined : await reader.text(path)
  if (!file) return absent('there is no litefs.yml, or several')
  const {parseYaml} = await import('./documents/yaml.ts')
  const document = parseYaml(file)
  if (!('value' in document)) return absent(`${file.path} is no valid YAML`)

  const env = flyConfig?.config.env ?? {}
  /** LiteFS fills in `${NAME}`, and knows expressions that compare (config.go, ExpandEnv). */
  const filled = (text: string): string | undefined => {
    const done = text.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced?: string, plain?: string) => {
      const name = braced ?? plain ?? ''
      return Object.hasOwn(env, name) ? String(env[name]) : (image?.final.env.get(name)?.value ?? whole)
    })
    return done.includes('$') ? undefined : done
  }
  const textAt = (section: string, key: string): string | undefined => {
    const table = document.value[section]
    const value = typeof table === 'object' && table !== null ? new Map(Object.entries(table)).get(key) : undefined
    return typeof value === 'string' ? filled(value) : undefined
  }
  // Before 0.3 the keys were others, without sections.
  const usual = /^fuse:/m.test(file.text) ? '/var/lib/litefs' : undefined
  const written = /^data:/m.test(file.text) ? textAt('data', 'dir') : usual
  const port = portOf(textAt('proxy', 'addr'))
  const target = portOf(textAt('proxy', 'target'))
  return known({
    data: written?.startsWith('/') ? {folder: written, at: document.at(['data', 'dir'])} : undefined,
    proxy: port && target && port !== target ? {port, target, at: document.at(['proxy', 'addr'])} : undefined,
    replaced,
  })
}

const portOf = (address: string | undefined): number | undefined =>
  Number(/:(\d{1,5})$/.exec(address ?? '')?.[1]) || undefined
