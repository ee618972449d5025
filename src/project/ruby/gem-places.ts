import {posix} from 'node:path'
import {allInstructions, rootName, type Stage} from '../dockerfile/parse.ts'
import type {BuildCommand} from '../image/build-commands.ts'

/** Where `bundle install` lays the gems. */
export interface GemPlace {
  folder: string
  /** A folder of its own, in which their programs are in none of PATH: `ruby/3.4.0/bin` below it. */
  isOwn: boolean
}

const isYes = (value: string | undefined): boolean => value !== undefined && !/^(?:false|f|no|n|0|)$/i.test(value)

/**
 * By BUNDLE_PATH, by BUNDLE_DEPLOYMENT in vendor/bundle, else in the GEM_HOME of the official images (Bundler::Settings#path);
 * undefined where a setting of another kind may say otherwise.
 */
export function gemPlaceOf({moment, folder}: Pick<BuildCommand, 'moment' | 'folder'>): GemPlace | undefined {
  const {variables, stage, files} = moment
  const texts = allInstructions(stage).map(({text}) => text)
  const others = ['BUNDLE_PATH__SYSTEM', 'BUNDLE_DISABLE_SHARED_GEMS', 'BUNDLE_BIN', 'BUNDLE_IGNORE_CONFIG']
  const isConfigured =
    files.get(posix.join(folder, '.bundle/config')) !== undefined ||
    others.some((name) => variables.has(name)) ||
    ['BUNDLE_APP_CONFIG', 'GEM_HOME'].some((name) => (variables.get(name) ?? home) !== home) ||
    texts.some((text) => configures.test(text))
  if (isConfigured || !isOfficial(stage)) return undefined
  const path = variables.get('BUNDLE_PATH')
  if (path !== undefined)
    return /^[\w./-]+$/.test(path) ? {folder: posix.resolve(folder, path), isOwn: true} : undefined
  if (variables.has('BUNDLE_PATH')) return undefined
  return isYes(variables.get('BUNDLE_DEPLOYMENT'))
    ? {folder: posix.join(folder, 'vendor/bundle'), isOwn: true}
    : {folder: home, isOwn: false}
}

/** What may name another folder. */
const configures =
  /\bbundler? config\b[^;&|\n]{0,300}\b(?:path|system|deployment|bin)\b|\bbundle\b[^;&|\n]{0,300}\s--(?:path|system|deployment|binstubs)\b|\.bundle\/config/

/** GEM_HOME of the official images of Ruby, whose bin is in PATH (docker-library/ruby). */
const home = '/usr/local/bundle'

export const isOfficial = (stage: Stage): boolean =>
  /^(?:docker\.io\/(?:library\/)?)?ruby(?::|@|$)/.test(rootName(stage) ?? '')
