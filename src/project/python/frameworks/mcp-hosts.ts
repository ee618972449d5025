/** Servers of the Model Context Protocol that answer nobody who asks for the app by its name (mcp/server/fastmcp/server.py). */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {argumentsAt, codeOf, textOf} from '../../code/code.ts'
import type {Inputs} from '../../inputs.ts'
import {copiedPython} from '../copied-python.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {imageVersions, isIn} from '../packages/image-versions.ts'

export interface McpHosts {
  /** Where the server is made. */
  at: FileLocation
  /** Of the package mcp. */
  version: string
  versionAt: FileLocation | undefined
}

/** Without a host of its own it is made for 127.0.0.1, and since 1.23 allows its names alone (CVE-2025-66416). */
const guarded = '>=1.23,<2'
const serves =
  /\b(?:streamable_http_app|sse_app|run_streamable_http_async|run_sse_async)\s{0,9}\(|\.run\(\s{0,50}(?:transport\s{0,9}=\s{0,9})?["'](?:streamable-http|sse)["']/
/** The hosts are chosen, or a request gets another one before it comes there. */
const chooses = /\btransport_security\b|\bTransportSecuritySettings\b|\ballowed_hosts\b|\bb["']host["']/

export async function loadMcpHosts({reader}: Inputs, facts: FactStore): Promise<Fact<McpHosts[]>> {
  const [image, processes, python, files] = await facts.needAll('image', 'processes', 'python', 'files')
  const commands = processes.commands.filter(({by}) => by !== 'release_command').map(({text}) => text)
  const loaded = await loadedSources(commands, copiedPython(image, files), reader)
  const texts = loaded.map(({text}) => text)
  const isServed = texts.some((text) => serves.test(text)) && !texts.some((text) => chooses.test(text))
  const makers = isServed
    ? loaded.filter(({text}) => /^from mcp\.server\.fastmcp import [^\n]*\bFastMCP\b/m.test(text))
    : []
  if (makers.length === 0) return known([])
  const versions = await imageVersions(image, {processes, python, reader})
  const {version, at: versionAt} = versions?.all.get('mcp') ?? {}
  if (version === undefined || !isIn(version, guarded)) return known([])
  return known(
    makers.flatMap((file) => {
      const code = codeOf(file)
      return [...(code?.bare.matchAll(/(?<![\w.])FastMCP\s{0,9}\(/g) ?? [])].flatMap(({0: call, index}) => {
        const given = code ? argumentsAt(code, index + call.length - 1).map((each) => textOf(code, each)) : ['**']
        if (given.some((each) => /^(?:\*|host\s{0,9}=)/.test(each))) return []
        return [{at: file.span(index, index + call.length), version, versionAt}]
      })
    }),
  )
}
