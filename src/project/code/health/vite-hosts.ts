import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles, scripts} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'

/** The configuration of Vite, where its server is what a process group starts. */
export interface ViteHosts {
  group: string
  /** `vite preview` or `vite dev`. */
  server: string
  /** The command that starts it. */
  at: FileLocation
  /** Its configuration, where there is one. */
  config: FileLocation | undefined
}

/** Only where the server surely answers nobody who asks for the app by its name. */
export async function loadViteHosts({reader}: Inputs, facts: FactStore): Promise<Fact<ViteHosts[]>> {
  const listeners = await facts.need('listeners')
  const found: ViteHosts[] = []
  for (const [group, {server, at, certain}] of listeners) {
    if (!/^vite (?:preview|dev)$/.test(server) || !certain) continue
    const paths = (await facts.value('files')) ?? noFiles
    const configs = paths.named(...scripts('vite.config'))
    const manifests = paths.named('package.json')
    const texts = await Promise.all(
      [...configs, ...manifests].map(async (path) => (await reader.text(path))?.text ?? ''),
    )
    // Versions before 6.0.9 and 5.4.12 (January 2025) answer everybody, and a plugin may set the hosts.
    const version = texts.map((text) => /"vite"\s*:\s*"[\^~]?(\d+)/.exec(text)?.[1]).find(Boolean)
    const mayAllow = texts.some((text) => /allowedHosts|configurePreviewServer|configureServer/.test(text))
    if (mayAllow || configs.length > 1 || Number(version) < 6 || version === undefined) continue
    const [config] = configs
    found.push({group, server, at, config: config === undefined ? undefined : {file: config}})
  }
  return known(found)
}
