import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {groupBy} from '../../../group-by.ts'
import {once} from '../../../once.ts'
import {codeContext} from '../../code/code-context.ts'
import type {Entry} from '../../code/entry.ts'
import {codeServer} from '../../code/listen/code-servers.ts'
import {allInstructions, rootImage} from '../../dockerfile/parse.ts'
import {machineVariable} from '../../environment/set-variables.ts'
import type {Inputs} from '../../inputs.ts'
import {startsInBackground} from '../../processes/background.ts'
import {
  assignmentsIn,
  fallsBack,
  type Started,
  type StartedBy,
  startedBy,
  withoutDefaults,
} from '../../processes/processes.ts'
import {plainName} from '../base/base-images.ts'
import type {ReadWord} from '../shell/arguments.ts'
import type {Variables} from '../shell/command.ts'
import {besideNginx} from './beside-nginx.ts'
import {builtServer} from './built-servers.ts'
import {fromWorkdir} from './from-workdir.ts'
import {withOwnSettings} from './own-settings.ts'
import type {PackagedNginx} from './packaged-nginx.ts'
import {type Server, type Surroundings, serverOf} from './servers.ts'
import type {Socket} from './sockets.ts'
import {coveredBy} from './web-context.ts'
import {webServer} from './web-servers.ts'

/** The one server of a process group, where nothing else that the group starts is seen to listen. */
export interface Listener {
  /** What starts it: `[processes] web`, `CMD` or `ENTRYPOINT`. */
  by: string
  /** `uvicorn`, `flask run`; of the project's own code the file that listens. */
  server: string
  /** The place in that code. */
  code: FileLocation | undefined
  /** What is started of that code. */
  entry: Entry | undefined
  /** What to write behind it so that it listens on every address. */
  everywhere: string
  at: FileLocation
  /** It surely runs as it is written: no entrypoint, script or other build that is not known stands before it. */
  certain: boolean
  sockets: readonly Socket[]
  /** It speaks another protocol than HTTP. */
  noHttp?: boolean
  /** The hosts that its sites are for, where nobody asks for these from outside. */
  onlyFor?: readonly string[]
}

/** By process group: only those whose server is known. */
export type Listeners = ReadonlyMap<string, Listener>

/** Programs that listen in the place of a server, or start several. */
const proxies =
  /\b(nginx|openresty|unitd|lighttpd|stunnel|caddy|haproxy|traefik|envoy|apachectl|apache2|httpd|supervisord?|honcho|foreman|overmind|hivemind|goreman|procfile|s6-\w+|runsv\w*|pm2|concurrently|npm-run-all|run-p|turbo|socat|tailscaled?|cloudflared|varnishd|litefs|start-stop-daemon|daemon(ize)?|screen|tmux|nohup|parallel|systemctl|service\s+\S+\s+(re)?start|pg_ctl\w*|redis-server|mysqld\w*|mongod|sshd|dockerd)\b/i

/** Of the programs above those that start others, whose names are then not seen. */
const mayHideOther =
  /\b(?:openresty|unitd|haproxy|traefik|envoy|honcho|foreman|overmind|hivemind|goreman|s6-\w+|runsv\w*|pm2|concurrently|tailscaled?|cloudflared|varnishd|litefs|start-stop-daemon|screen|tmux|nohup|parallel)\b/i

/** What stands for a value that is not known, and for one that a variable has: neither is in a file. */
const unknown = '\u0000'
const marked = '\u0001'

export async function loadListeners(inputs: Inputs, facts: FactStore): Promise<Fact<Listeners>> {
  const flyConfig = await facts.need('flyConfig')
  const {processes = {}, experimental} = flyConfig.config
  if (flyConfig.hasContainers) return absent('the machines run several containers')
  // flyctl and the machine then put the command together in another way.
  if (experimental?.cmd || experimental?.entrypoint) return absent('[experimental] replaces the command of the image')
  const [code, first, deploys, otherwise = false] = await Promise.all([
    codeContext(inputs, facts),
    facts.value('processes'),
    facts.value('deployCommands'),
    facts.value('buildsElse'),
  ])
  const {image, paths} = code
  const assignsAnew = first && assignmentsIn(withoutDefaults(first.read.texts))
  const onMachine = machineVariable(flyConfig, image)
  const isSet = (name: string): {value: string | undefined} | undefined => {
    // What a deploy brings on its command line is not read.
    if (assignsAnew?.(name) || deploys?.hasFlag('--env') || deploys?.hasFlag('-e')) return {value: undefined}
    // Without a Dockerfile the image is one of which nothing is known.
    return onMachine(name) ?? (image ? undefined : {value: undefined})
  }
  const inShell: Variables = (name) => {
    const set = isSet(name)
    return set && (set.value ?? unknown)
  }
  const outside: Variables = () => unknown
  const read = await startedBy(inputs, facts, {inShell, outside, packageScripts: true})
  // The same again with every variable marked: the words that differ have one in them.
  const again = await startedBy(inputs, facts, {inShell: () => marked, outside, packageScripts: true})
  const words = wordsOf(read.started, again.started)
  const [commandsOf, textsOf] = [groupBy(read.started, startedAs), groupBy(read.texts, startedAs)]
  const around = once((texts: StartedBy['texts']): Surroundings => {
    const assigns = assignmentsIn(texts)
    return {
      variable: (name) => {
        if (assigns(name)) return {value: undefined}
        return isSet(name) ?? (fallsBack(texts, name) ? {value: undefined} : undefined)
      },
      hasFile: (...names) => paths.named(...names).length > 0,
      hasFileBeginning: (...starts) => paths.beginning(...starts).length > 0,
      mentions: (text) =>
        texts.some((each) => each.text.includes(text)) ||
        Boolean(image && allInstructions(image.final.stage).some((each) => each.text.includes(text))),
    }
  })

  const [build, packaged] = await Promise.all([facts.value('build'), facts.value('packagedNginx')])
  const workdir = posix.resolve('/', build?.final.config.workingDir || '/')
  const listeners = new Map<string, Listener>()
  for (const group of flyConfig.groups) {
    const found = await listenerOf(processes[group] ? `[processes] ${group}` : 'CMD')
    if (found) listeners.set(group, {...found, certain: found.certain && !otherwise})
  }
  return known(listeners)

  async function listenerOf(by: string): Promise<Listener | undefined> {
    const {names, sure} = whatRuns(by) ?? {}
    if (!names) return undefined
    const runs = names.flatMap((name) => commandsOf.get(name) ?? [])
    const texts = names.flatMap((name) => textsOf.get(name) ?? [])
    const alone = await webServerOf(by, runs, texts)
    if (alone) return {...alone, certain: alone.certain && Boolean(sure)}
    const beside = packaged && besidePackaged(packaged, runs, texts)
    if (beside) return {...beside, certain: beside.certain && Boolean(sure)}
    if (texts.some(hidesAnother)) return undefined
    const servers: {started: Started; server: Server}[] = []
    for (const started of runs) {
      const own = fromWorkdir(ofDeno(words.get(started) ?? []), started.folder, workdir)
      const server =
        serverOf(own, around(texts)) ??
        (await codeServer(own, around(texts), code)) ??
        (await builtServer(own, around(texts), code))
      if (server) servers.push({started, server: await withOwnSettings(server, own, around(texts), code)})
    }
    const [only] = servers
    if (!only || servers.length > 1 || only.started.command.conditional) return undefined
    const {started, server} = only
    const seen = runs.every((each) => each === started || isSeen(each, read))
    return {
      by: started.by,
      server: server.name,
      everywhere: server.everywhere,
      at: started.command.at,
      code: server.at,
      entry: server.entry,
      certain: Boolean(sure) && started.certain && seen && !server.indirect,
      sockets: server.sockets,
    }
  }

  /** The image of Deno puts the program before a command that is one of its own: `CMD ["run", "main.ts"]`. */
  function ofDeno(own: ReadWord[]): ReadWord[] {
    const base = plainName((image && rootImage(image.final.stage)) ?? '')
    const isOwn = /^denoland\/deno(?::|$)/.test(base) && /^(?:run|serve)$/.test(own[0]?.text ?? '')
    return isOwn ? [{text: 'deno', fixed: true}, ...own] : own
  }

  /** A server with a configuration of its own, which nothing else is started beside. */
  async function webServerOf(
    by: string,
    runs: readonly Started[],
    texts: StartedBy['texts'],
  ): Promise<Listener | undefined> {
    const [started, another] = runs
    const ownCommand = by === 'CMD' || Boolean(processes[by.replace('[processes] ', '')])
    if (another || !build || (!started && (texts.length > 0 || !ownCommand))) return undefined
    const own = started ? (words.get(started) ?? []).map(({text}) => text) : []
    const server = await webServer(own, around(texts), {
      build,
      paths,
      reader: inputs.reader,
      covered: coveredBy(flyConfig.config),
    })
    return (
      server && {
        by: started?.by ?? `the image ${rootImage(build.final.stage)}`,
        server: server.name,
        everywhere: server.everywhere,
        at: started?.command.at ?? build.final.stage.at,
        code: server.at,
        entry: undefined,
        certain: (started?.certain ?? true) && !server.indirect,
        sockets: server.sockets,
        ...(server.noHttp && {noHttp: true}),
        ...(server.onlyFor && {onlyFor: server.onlyFor}),
      }
    )
  }

  /** The nginx of a distribution's package, where all that is started with it is known. */
  function besidePackaged(
    nginx: PackagedNginx,
    runs: readonly Started[],
    texts: StartedBy['texts'],
  ): Listener | undefined {
    const own = runs.find(({command}) => command.at === nginx.start.command.at || isSame(command, nginx.start.command))
    if (!own || texts.some(({text}) => mayHideOther.test(text))) return undefined
    const others = runs.filter((each) => each !== own)
    const found = besideNginx(nginx, others, read.scripts, around(texts), (started) =>
      serverOf(words.get(started) ?? [], around(texts)),
    )
    const runsAlways = own.certain || own.command.supervised === true
    return (
      found && {
        by: own.by,
        server: 'nginx',
        everywhere: 'listen 8080;',
        at: own.command.at,
        code: found.at,
        entry: undefined,
        certain: runsAlways && others.every((each) => isSeen(each, read)),
        sockets: found.sockets,
      }
    )
  }

  /** ENTRYPOINT stands before the command; undefined where it cannot be known what becomes of that. */
  function whatRuns(by: string): {names: string[]; sure: boolean} | undefined {
    const entrypoint = image?.final.entrypoint
    // That of the base image; those of these images start what they are given.
    if (!entrypoint)
      return {
        names: [by],
        sure: /^(node|oven\/bun|denoland\/deno|nginx|caddy|httpd|tomcat|php)(:|$)/.test(
          (image && rootImage(image.final.stage)) ?? '',
        ),
      }
    const passes = /^((\S*\/)?(tini|dumb-init|env|uv|poetry|pdm|pipenv|bundle)|run|exec|--?[a-z-]*|\w+=\S*)$/
    if (entrypoint.every((word) => passes.test(word))) return {names: [by], sure: true}
    if (textsOf.get('ENTRYPOINT')?.some(({text}) => /\$(@|\{@\}|\*)/.test(text)))
      return {names: ['ENTRYPOINT', by], sure: false}
    // What follows is then arguments of it, or nothing at all.
    return textsOf.has(by) ? undefined : {names: ['ENTRYPOINT'], sure: true}
  }
}

const isSame = (one: Started['command'], other: Started['command']): boolean =>
  one.words.join(' ') === other.words.join(' ') && JSON.stringify(one.at) === JSON.stringify(other.at)

const startedAs = ({by}: {by: string}): string => by

/** The words of each command, with those marked that a variable is in. */
function wordsOf(read: readonly Started[], again: readonly Started[]): ReadonlyMap<Started, ReadWord[]> {
  return new Map(
    read.map((each, index) => {
      const other = again[index]?.command.words
      return [
        each,
        each.command.words.map((word, at) => ({
          text: word === undefined || word.includes(unknown) ? undefined : word,
          fixed: other?.length === each.command.words.length && other[at] === word,
        })),
      ]
    }),
  )
}

/** Calls by which code starts another program. */
const starts =
  /\b(?:child_process|node:cluster|execa|zx|Bun\.(?:spawn|\$)|Deno\.Command|subprocess|os\.(?:system|spawn\w*|exec\w*)|multiprocessing|proc_open|Process\.spawn|pty)\b|(?<![.\w])(?:system|spawn\w*|exec|popen|shell_exec|passthru)[ (]+["'`[]/

function hidesAnother({text, code}: StartedBy['texts'][number]): boolean {
  if (code && !starts.test(text)) return false
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|(echo|printf)\s)/.test(line))
    .join('\n')
  return proxies.test(lines) || startsInBackground.test(`${lines}\n`)
}

/** Whether what a command does is known as far as this goes: no script of its own that could not be read. */
export function isSeen({command}: Started, {scripts}: Pick<StartedBy, 'scripts'>): boolean {
  const [program, argument] = command.words
  if (program === undefined) return false
  return [program, argument].every((word, index) => {
    const ofProject = index === 0 && /^\.{0,2}\/(?!(\S*\/)?s?bin\/)/.test(word ?? '')
    if (!word || !(ofProject || /\.(sh|bash)$/.test(word))) return true
    const name = word.split('/').at(-1) as string
    // Of a pattern the scripts have been read that it finds.
    const [, ending] = /^\*(\.\w+)$/.exec(name) ?? []
    if (ending)
      return scripts.some(({file}) => file.path.endsWith(ending) && file.path.includes(`/${word.split('/').at(-2)}/`))
    return scripts.some(({file}) => file.path === name || file.path.endsWith(`/${name}`))
  })
}
