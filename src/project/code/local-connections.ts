/** Databases, caches and queues that the code looks for in the machine itself, by an address that is written there. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'
import {serviceSettings} from '../python/django/service-settings.ts'
import {localTarget} from '../services/local-target.ts'
import {blocksAround, type Code, closing, headersAround} from './code.ts'
import {codeContext} from './code-context.ts'
import {startedCode} from './started-code.ts'

export interface LocalConnection {
  /** `create_engine`; a setting of Django */
  callee: string
  /** `localhost:6379` */
  target: string
  at: FileLocation
  by: string
}

/** Calls that connect, or make what will; the address is the first argument, or has a name. */
const calls = {
  python:
    /(?<![\w.])((?:[a-z_]\w{0,40}\.){0,3}(?:create_(?:async_)?engine|from_url|MongoClient|AsyncIOMotorClient|Celery|(?:Strict)?Redis|create_pool|connect|AsyncClient|Elasticsearch))\(/g,
  javascript:
    /(?<![\w.])((?:new\s{1,5})?(?:\w{1,40}\.)?(?:createClient|createConnection|createPool|connect|Redis|IORedis|Pool|MongoClient|Sequelize|Queue|Worker))\(/g,
} as const

const url =
  /(["'`])((?:rediss?|valkey|postgres(?:ql)?(?:\+\w{1,20})?|mysql(?:\+\w{1,20})?|mongodb|amqps?):\/\/[^"'`\s${}]{1,200})\1/g
/** Of clients that are told the host alone, in what they are given. */
const host = /\bhost(?:name)?\s{0,9}[=:]\s{0,9}(["'])(localhost|127\.0\.0\.1)\1/g
const ofServices = /redis|postgres|\bpg\b|psycopg|asyncpg|mysql|mongo|ioredis|bullmq|amqp/i
/** What may give another one first. */
const chosen = /\b(?:environ|getenv|env|config|settings|or|if)\b|\|\||\?/
const conditional = /^(?:if|elif|else|case|switch|try|except|catch|for|while)\b|[?:]$|&&|\|\|/

export async function loadLocalConnections(inputs: Inputs, facts: FactStore): Promise<Fact<LocalConnection[]>> {
  await facts.needAll('build', 'files')
  const [code, processes, django] = await Promise.all([
    codeContext(inputs, facts),
    facts.value('processes'),
    facts.value('machineSettings'),
  ])
  const {started} = await startedCommands(facts)
  const found = new Map<string, LocalConnection>()
  for (const {by, command, certain} of started) {
    if (!certain) continue
    const {files} = await startedCode(command.words, code)
    for (const each of files) {
      for (const {callee, address, start, end} of connections(each)) {
        add(callee, address, each.file.span(start, end), by)
      }
    }
  }
  const loads = processes?.commands.find(({certain, text}) => certain && django?.areLoadedBy(text))
  for (const {name, address} of django && loads ? serviceSettings(django.values) : []) {
    const at = django?.values.at(name)
    if (at && loads) add(name, address, at, loads.by)
  }
  return known([...found.values()])

  function add(callee: string, address: string, at: FileLocation, by: string): void {
    const local = localTarget('SERVICE_URL', address)
    const key = `${at.file}:${at.line}`
    if (!local || found.has(key)) return
    const target = local.port === undefined ? local.host : `${local.host}:${local.port}`
    found.set(key, {callee, target, at, by})
  }
}

interface Written {
  callee: string
  address: string
  start: number
  end: number
}

/** Where clients look that are told nothing at all (the page of each): by the package that the file imports. */
const byDefault: readonly {callee: RegExp; imported: RegExp; address: string}[] = [
  {
    callee: /(?:^|\.)(?:Strict)?Redis$/,
    imported: /^[ \t]{0,40}(?:import|from)[ \t]+redis\b/m,
    address: 'redis://localhost:6379',
  },
  {
    callee: /(?:^|\.)(?:MongoClient|AsyncIOMotorClient)$/,
    imported: /^[ \t]{0,40}(?:import|from)[ \t]+(?:pymongo|motor)\b/m,
    address: 'mongodb://localhost:27017',
  },
  {callee: /^new\s+(?:IO)?Redis$/, imported: /["']ioredis["']/, address: 'redis://localhost:6379'},
  {callee: /^(?:\w+\.)?createClient$/, imported: /["']redis["']/, address: 'redis://localhost:6379'},
]

function connections(code: Code): Written[] {
  if (code.language !== 'python' && code.language !== 'javascript') return []
  const defaults = byDefault.filter(({imported}) => imported.test(code.text))
  if (defaults.length === 0 && !/localhost|127\.0\.0\.1/.test(code.text)) return []
  return [...code.bare.matchAll(calls[code.language])].flatMap(({0: call, 1: callee = '', index}) => {
    const open = index + call.length - 1
    const end = closing(code, open)
    const given = code.text.slice(open, end)
    const around =
      code.language === 'python' ? headersAround(code, index) : blocksAround(code, index).map((each) => each.trim())
    const line = code.text.slice(code.text.lastIndexOf('\n', index) + 1, index)
    if (end - open > 2_000 || chosen.test(line) || around.some((each) => conditional.test(each))) return []
    if (/^\(\s*$/.test(given)) {
      const found = defaults.find((each) => each.callee.test(callee))
      return found ? [{callee: callee.replace(/^new\s+/, ''), address: found.address, start: index, end: end + 1}] : []
    }
    // A call within it is looked at by itself.
    const own = given.slice(1).replace(/\([^()]*\)/g, (inner) => ' '.repeat(inner.length))
    return [...own.matchAll(url), ...own.matchAll(host)].flatMap((match) => {
      const before = own.slice(0, match.index)
      const item = before.slice(Math.max(before.lastIndexOf(','), before.lastIndexOf('\n'), 0))
      const after = own.slice(match.index + match[0].length).split(/[,\n]/)[0] ?? ''
      const isHost = match[0].startsWith('host')
      if (chosen.test(item) || chosen.test(after) || (isHost && !ofServices.test(code.text))) return []
      const address = isHost ? `redis://${match[2]}` : (match[2] ?? '')
      const start = open + 1 + match.index
      return [{callee: callee.replace(/^new\s+/, ''), address, start, end: start + match[0].length}]
    })
  })
}
