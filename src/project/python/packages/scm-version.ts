/** Projects whose version is that of the git repository which they are built in. */
import type {FileLocation} from '../../../check.ts'
import {isTable} from '../../documents/document.ts'
import {parseToml} from '../../documents/toml.ts'
import type {TextFile} from '../../files/text.ts'

export interface ScmVersion {
  /** What asks git: `hatch-vcs`. */
  tool: string
  /** The variable that takes the place of git. */
  variable: string
  at: FileLocation
}

/**
 * What stops without a repository ("unable to detect version"): setuptools-scm, hatch-vcs and pdm-backend (each in its own
 * manual), unless a version is written for that case.
 */
export function scmVersion(file: TextFile): ScmVersion | undefined {
  const document = parseToml(file)
  if (!('value' in document)) return undefined
  const {project, tool, 'build-system': system} = document.value
  if (!isTable(project) || !isTable(system) || !Array.isArray(project.dynamic) || !project.dynamic.includes('version'))
    return undefined
  // A version of one's own for an archive, or in place of git.
  if (/fallback[-_]version|fallback_root|parentdir_prefix/.test(file.text)) return undefined
  const tools = isTable(tool) ? tool : {}
  const module = String(system['build-backend'] ?? '')
  const at = document.at(['project', 'dynamic'])
  const hatch = isTable(tools.hatch) && isTable(tools.hatch.version) ? tools.hatch.version : {}
  if (module === 'hatchling.build' && hatch.source === 'vcs')
    return {tool: 'hatch-vcs', variable: 'SETUPTOOLS_SCM_PRETEND_VERSION', at}
  const own = isTable(tools.setuptools) && isTable(tools.setuptools.dynamic) ? tools.setuptools.dynamic : {}
  if (/^setuptools\.build_meta$/.test(module) && isTable(tools.setuptools_scm) && own.version === undefined)
    return {tool: 'setuptools-scm', variable: 'SETUPTOOLS_SCM_PRETEND_VERSION', at}
  const pdm = isTable(tools.pdm) && isTable(tools.pdm.version) ? tools.pdm.version : {}
  if (module === 'pdm.backend' && pdm.source === 'scm')
    return {tool: 'pdm-backend', variable: 'PDM_BUILD_SCM_VERSION', at}
  return undefined
}
