/** The site that a distribution's package of nginx brings, where it stands in the way of the app's. */

import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {withoutNginxComments} from './nginx-text.ts'

export interface SiteInTheWay {
  /** Where the package has it. */
  path: string
  distribution: 'debian' | 'alpine'
  by: string
  /** The app's own `listen`. */
  at: FileLocation
  /** Both are the default server of the port: nginx ends. Else the package's answers every request. */
  stops: boolean
  certain: boolean
}

const places = {debian: '/etc/nginx/sites-enabled/default', alpine: '/etc/nginx/http.d/default.conf'}
/** Every address, port 80, as the package's own site has it. */
const listens = /(?<=^|[\s;{}])listen\s{1,20}(?:(?:\*|0\.0\.0\.0|\[::\]):)?80(?=[\s;])(?<more>[^;{}]{0,200});/g

/**
 * `listen 80 default_server` stands in the site of each package (salsa.debian.org, nginx-team/nginx,
 * debian/conf/sites-available/default; aports, main/nginx/default.conf). A second default server ends nginx
 * ("a duplicate default server"); without one, a request goes to the server that names its host, else to the default.
 */
export async function loadSitesInTheWay(facts: FactStore): Promise<Fact<SiteInTheWay[]>> {
  const [nginx, flyConfig] = await Promise.all([facts.value('packagedNginx'), facts.value('flyConfig')])
  if (!nginx?.hasOwnSite || !nginx.isWhole) return known([])
  const {read, distribution, start, build} = nginx
  const isAsked = flyConfig?.services.some(({internal_port: port}) => port === 80)
  const common = {path: places[distribution], distribution, by: start.by, certain: start.certain}
  const found: SiteInTheWay[] = []
  for (const [, file] of read) {
    const text = withoutNginxComments(file.text)
    const servers = text.match(/(?<=^|[\s;{}])server\s{0,20}\{/g) ?? []
    for (const match of text.matchAll(listens)) {
      const at = file.span(match.index, match.index + match[0].length)
      if (/\bdefault_server\b|\bdefault\b/.test(match.groups?.more ?? '')) {
        found.push({...common, at, stops: true})
        continue
      }
      const names = [...text.matchAll(/(?<=^|[\s;{}])server_name\s{1,20}([^;{}]{1,500});/g)].map(
        ([, each = '']) => each,
      )
      const hasName = names.some((each) => !/^(?:_|""|''|localhost|\s)+$/.test(each))
      // Its page and the app's may be one.
      const isSame = distribution === 'debian' && /(?<=^|[\s;{}])root\s{1,20}\/var\/www\/html\/?\s{0,20};/.test(text)
      const isReplaced = build.final.files.get('/var/www/html/index.html') && distribution === 'debian'
      if (isAsked && servers.length === 1 && !hasName && !isSame && !isReplaced)
        found.push({...common, at, stops: false})
    }
  }
  const [first] = found.sort((a, b) => Number(b.stops) - Number(a.stops))
  return known(first ? [first] : [])
}
