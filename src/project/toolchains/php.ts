import {posix} from 'node:path'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import {parseRange, withoutEnd} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'

/** Where the PHP of a stage comes from. */
const brought = {
  language: 'PHP',
  packages: /\bphp(?:-fpm)?(\d\.\d)\b/g,
  alpinePackages: /\bphp(\d)(\d)(?=-|\s|$)/g,
  precision: 2,
} as const

/**
 * composer install holds the PHP that runs it against what the project and every locked package require
 * (getcomposer.org/doc/articles/composer-platform-dependencies.md).
 */
export const php: Rule = {
  ...brought,
  command: /^composer (?:install|i|update)\b(?!.*--ignore-platform-req(?:s\b|[= ]php))/,
  replaced: /COMPOSER_IGNORE_PLATFORM_REQ|\bcomposer (?:config|require)\b|update-alternatives/,
  // vendor/composer/platform_check.php, which the autoloader runs, asks for the oldest version only.
  runtime: {
    language: 'PHP',
    outcome: 'every request ends with "Composer detected issues in your platform"',
    async demands(project, atBuild) {
      const manifest = await project.read('composer.json')
      const isOff = /"platform-check"\s*:\s*false/.test(manifest?.text.text ?? '')
      const {variables, instruction} = project.step
      const isIgnored = [...variables.keys(), instruction.text].some((text) =>
        /COMPOSER_IGNORE_PLATFORM_REQ/.test(text),
      )
      return isOff || isIgnored ? [] : atBuild.map((demand) => ({...demand, range: withoutEnd(demand.range)}))
    },
  },
  async demands(project) {
    const manifest = await project.read('composer.json')
    const json = manifest && parseJson(manifest.text)
    if (!manifest || !json || !('value' in json)) return []
    const {config} = json.value
    // Composer then believes in that version; what fails is told at run time only.
    if (isTable(config) && isTable(config.platform) && 'php' in config.platform) return []
    const lock = await project.read(posix.join(posix.dirname(manifest.path), 'composer.lock'))
    const locked = lock && parseJson(lock.text)
    const demands: Demand[] = []
    const own = isTable(json.value.require) ? parseRange(String(json.value.require.php ?? ''), 'composer') : undefined
    if (own && isTable(json.value.require)) {
      const said = `${manifest.text.path} asks for ${json.value.require.php}`
      demands.push({range: own, said, at: json.at(['require', 'php'])})
    }
    if (!locked || !('value' in locked)) return demands
    const lists = project.words.includes('--no-dev') ? ['packages'] : ['packages', 'packages-dev']
    for (const list of lists) {
      const packages = locked.value[list]
      for (const [index, each] of (Array.isArray(packages) ? packages : []).entries()) {
        const wanted = isTable(each) && isTable(each.require) ? each.require.php : undefined
        const range = typeof wanted === 'string' ? parseRange(wanted, 'composer') : undefined
        if (!range) continue
        const said = `${each.name} of ${lock.text.path} asks for ${wanted}`
        demands.push({range, said, at: locked.at([list, index, 'require', 'php'])})
      }
    }
    return demands
  },
}

/**
 * composer dump-autoload stops for no PHP, and writes that question down anew: also where composer install was told not to
 * ask.
 */
export const phpAutoloader: Rule = {
  ...php,
  command: /^composer dump-?autoload\b(?!.*--ignore-platform-req(?:s\b|[= ]php))/,
  demands: async () => [],
  runtime: {
    language: 'PHP',
    outcome: php.runtime?.outcome ?? '',
    demands: async (project) => (await php.runtime?.demands(project, await php.demands(project, ''))) ?? [],
  },
}

/** The autoloader asks as artisan starts, also in a stage that gets vendor/ from another one, with a PHP of its own. */
export const phpArtisan: Rule = {
  ...brought,
  command: /^php artisan\b/,
  // Composer in the same stage has asked before.
  replaced: /\bcomposer (?:i|install|update|config|require|dump-?autoload)\b|update-alternatives/,
  unless: /ignore-platform|COMPOSER_IGNORE_PLATFORM_REQ/,
  demands: async (project) => (await php.runtime?.demands(project, await php.demands(project, ''))) as Demand[],
}
