import type {Files} from '../files.ts'
import type {ProjectReader} from '../reader.ts'
import type {TextFile} from '../text.ts'
import {startedModules, topLevelImports} from './started-modules.ts'

/** A module that Django imports when it is set up: for its settings, or as they name it. */
export interface DjangoImport {
  name: string
  file: TextFile
  start: number
  end: number
}

const named = /\bsetdefault\(\s*["']DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/
const setsUp = /\b(?:get_wsgi_application|get_asgi_application|execute_from_command_line|django\.setup)\s*\(/
/** Settings for a developer's machine, in whose place the deploy mostly has others that a secret names. */
const notDeployed = /(?:^|\.|_)(?:local|dev|development|test|testing|debug)$/
/** At the top level, and in one piece: what is added under a condition may not be. */
const lists =
  /^(?:INSTALLED_APPS|MIDDLEWARE|(?:THIRD_PARTY|DJANGO|EXTERNAL|PREREQ)_APPS)\s*\+?=\s*[[(]([^[\]()]*)[\])]/gm

/**
 * What the settings import that one of these files has Django load, and the apps and middleware that they name, which
 * django.setup() and the first request import. `chosen`: DJANGO_SETTINGS_MODULE, where something sets it.
 */
export async function djangoImports(
  started: readonly TextFile[],
  paths: Files,
  reader: ProjectReader,
  chosen: string | undefined,
): Promise<DjangoImport[]> {
  const file = started.find(({text}) => named.test(text) && setsUp.test(text))
  const module = file && (chosen ?? named.exec(file.text)?.[1])
  if (!module || notDeployed.test(module)) return []
  const found: DjangoImport[] = []
  for (const path of await startedModules([`python -m ${module}`], paths, reader)) {
    const settings = await reader.text(path)
    if (!settings) continue
    for (const {name, relative, start, end} of topLevelImports(settings.text)) {
      if (relative === 0) found.push({name, file: settings, start, end})
    }
    for (const list of settings.text.matchAll(lists)) {
      const from = list.index + list[0].indexOf(list[1] as string)
      for (const app of (list[1] as string).matchAll(/#.*|["']([A-Za-z_][\w.]*)["']/g)) {
        const start = from + app.index
        if (app[1]) found.push({name: app[1], file: settings, start, end: start + app[0].length})
      }
    }
  }
  return found
}
