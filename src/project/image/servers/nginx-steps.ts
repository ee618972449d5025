/** What the RUNs of an image do to the configuration of a packaged nginx. */
import {allInstructions, type Stage} from '../../dockerfile/parse.ts'

export interface NginxSteps {
  /** What is removed, a folder's content as `folder/*`, with the line of the RUN. */
  removed: ReadonlyMap<string, number>
  /** From the name of each link to what it leads to. */
  links: ReadonlyMap<string, string>
  /** `echo "daemon off;" >> /etc/nginx/nginx.conf` */
  stays: boolean
}

const installs =
  /\b(?:apt-get|apt|apk)\s(?:(?!\b(?:install|add)\s)[^&|;]){0,300}\b(?:install|add)\s(?:[^&|;]{0,2000}\s)?nginx(?:-(?:light|full|extras|core))?(?=[\s=~<>]|$)/
/** Another nginx than that of the distribution. */
const elsewhere = /nginx\.org|ppa:\S{0,200}nginx|openresty|\bedge\/|nginx\/\S{1,200}\.tar/
const touches = /nginx|sites-(?:enabled|available)|\s\/etc\/?(?:\*|\s|$)/
/** A script that is run may do anything. */
const script = /^(?:(?:ba|da|a)?sh\s+(?!-)\S|(?:\.\s+)?\.{0,2}\/(?!(?:usr\/)?(?:local\/)?s?bin\/)\S)/

/** Parts of a RUN that name nginx and leave what it reads as it is. */
const harmless =
  /^(?:(?:apt-get|apt|apk|mkdir|chown|chmod|touch|addgroup|adduser|groupadd|useradd|usermod|install\s+-d|mkfifo)\s[^<>|`]*|nginx\s+-[tTvV]\S*|ln\s+-\w+\s+\/dev\/std\w+\s+\/var\/log\/nginx\/\S+|(?:echo|printf)\s[^<>|]*|(?:rm|ls|cat)\s(?:-\w+\s+)?(?:\/(?:var|run|usr)\/\S+\s*)+)$/
const daemonOff =
  /\becho\s{1,99}(?:-e\s{1,99})?(["']?)(?:\\n)?\s{0,99}daemon\s{1,99}off;?\s{0,99}\1\s{0,99}>>\s{0,99}\/etc\/nginx\/nginx\.conf/g
/** A file of one setting beside the servers. */
const setting =
  /\becho\s+(["'])(?:(?!\1|server|listen|include|root|pass|\$)[^\n]){1,300}\1\s*>{1,2}\s*\/etc\/nginx\/(?:conf|http)\.d\/[\w.-]+\.conf/g

/** undefined where no RUN installs nginx, or one may change what it reads in a way that is not seen. */
export function nginxSteps(stage: Stage): NginxSteps | undefined {
  const removed = new Map<string, number>()
  const links = new Map<string, string>()
  let [isInstalled, stays] = [false, false]
  for (const {keyword, text, at} of allInstructions(stage)) {
    if (keyword === 'WORKDIR' && /\/etc(?:\/nginx|\/?$)/.test(text)) return undefined
    if (keyword !== 'RUN') continue
    const line = text.replace(/\\\r?\n/g, ' ')
    if (elsewhere.test(line) || /\bcd\s+\/etc\b|<</.test(line)) return undefined
    isInstalled ||= installs.test(line)
    stays ||= daemonOff.test(line)
    daemonOff.lastIndex = 0
    for (const part of line
      .replace(daemonOff, 'true')
      .replace(setting, 'true')
      .split(/&&|\|\||;|\n/)) {
      const own = part.trim().replace(/^sudo\s+/, '')
      if (script.test(own)) return undefined
      if (!touches.test(own) || harmless.test(own)) continue
      const link = /^ln\s+-\w*s\w*\s+(\/etc\/nginx\/\S+)\s+(\/etc\/nginx\/\S+)$/.exec(own)
      const paths = /^rm\s+(?:-\w+\s+)*((?:\/etc\/nginx\/[\w./-]+(?:\/\*)?\s*)+)$/.exec(own)?.[1]
      if (link) {
        const [, target = '', name = ''] = link
        links.set(
          /\/$|\/sites-enabled$/.test(name) ? `${name.replace(/\/$/, '')}/${target.split('/').at(-1)}` : name,
          target,
        )
      } else if (paths) for (const path of paths.trim().split(/\s+/)) removed.set(path, at.line ?? 0)
      else return undefined
    }
  }
  return isInstalled ? {removed, links, stays} : undefined
}
