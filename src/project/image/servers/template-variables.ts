import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import type {Inputs} from '../../inputs.ts'
import {plainName} from '../base/base-images.ts'
import {machineCommands} from '../machine-commands.ts'

/** A variable of a template that the image of nginx fills in when the machine starts. */
export interface TemplateVariable {
  name: string
  at: FileLocation
  /** Whether ENV, [env] or Fly.io itself sets it. */
  isSet: boolean
}

/** What the machine, the image of nginx and its scripts set. */
const alwaysSet =
  /^(FLY_\w+|PRIMARY_REGION|PATH|HOME|HOSTNAME|PWD|SHLVL|TERM|NGINX_\w+|NJS_\w+|PKG_RELEASE|ACME_VERSION)$/

/**
 * The variables of /etc/nginx/templates: docker-entrypoint.d/20-envsubst-on-templates.sh of the official image fills in
 * what is set, and leaves `${NAME}` as it is for what is not.
 */
export async function loadTemplateVariables({reader}: Inputs, facts: FactStore): Promise<Fact<TemplateVariable[]>> {
  const [build, flyConfig, processes, deploys] = await Promise.all([
    facts.need('build'),
    facts.value('flyConfig'),
    facts.value('processes'),
    facts.value('deployCommands'),
  ])
  const {final} = build
  const base = plainName(rootImage(final.stage) ?? '')
  const set = new Set([...final.config.env.keys(), ...Object.keys(flyConfig?.config.env ?? {})])
  // Another entrypoint does not fill them in; these say other templates, and other variables.
  const isUsual =
    /^(nginx|nginxinc\/nginx-unprivileged)(:|$)/.test(base) &&
    final.config.entrypoint === undefined &&
    machineCommands(build, flyConfig).every(({by, words}) => by === 'release_command' || isNginx(words)) &&
    ![...set].some((name) => name.startsWith('NGINX_ENVSUBST_')) &&
    !deploys?.hasFlag('--env') &&
    !deploys?.hasFlag('-e')
  if (!isUsual) return known([])
  const found: TemplateVariable[] = []
  for (const [path, entry] of final.files.files((names) => names.ending('.envsh', '.template'))) {
    // Such a script may set any variable.
    if (/^\/docker-entrypoint\.d\/.*\.envsh$/.test(path)) return known([])
    if (!/^\/etc\/nginx\/templates\/.*\.template$/.test(path) || entry.kind !== 'file') continue
    // What a RUN changes is not what is read here.
    if (final.unknown.some(({text = ''}) => text.includes(posix.basename(path)))) continue
    const file = await reader.text(entry.source)
    for (const match of file?.text.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g) ?? []) {
      const name = match[1] as string
      const at = file?.span(match.index, match.index + match[0].length)
      if (!file || !at || /^\s*#/.test(file.line(at.line as number)) || found.some((each) => each.name === name))
        continue
      // nginx can have a variable of this name, too.
      if (new RegExp(`\\b(set|map\\s+\\S+|geo)\\s+\\$${name}\\b`).test(file.text)) continue
      found.push({name, at, isSet: set.has(name) || alwaysSet.test(name) || (processes?.mayAssign(name) ?? false)})
    }
  }
  return known(found)
}

/** The entrypoint fills templates in for these programs alone. */
const isNginx = ([program = '']: readonly string[]): boolean => /(^|\/)nginx(-debug)?$/.test(program)
