import {defineCheck, type Facts, firstOf} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/copy-target',
  title: 'each file that COPY finds gets a place of its own',
  why: 'COPY keeps no folders of a pattern: files of one name end in one place, and a * in the destination is a name.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['copyTargets'],
  *run({copyTargets}) {
    for (const target of copyTargets) {
      const {keyword, source} = target
      yield {
        message: describe(target),
        at: target.at,
        hint: `Write a line for each${lines(target)}. Or keep the folders: # syntax=docker/dockerfile:1 as the first line of the file, and ${keyword} --parents ${source} ./`,
      }
    }
  },
})

type Target = Facts['copyTargets'][number]

function describe({keyword, source, destination, found, kind}: Target): string {
  if (kind === 'pattern') {
    const files = found.length > 1 ? `all ${found.length} files of ${source}` : source
    return `${keyword} lays ${files} in one folder, which is really called ${destination}: Docker fills in no ${/[*?]/.exec(destination)?.[0]} there`
  }
  const [name = ''] = found.map((path) => path.split('/').at(-1))
  const place = /(?:^|\/)\.?$/.test(destination) ? `${destination.replace(/\/$/, '')}/${name}` : destination
  return `${keyword} lays ${firstOf(found, 3)} at the same place, ${place}: the last one stays, the others are lost`
}

const lines = ({keyword, found}: Target): string =>
  found.length > 1
    ? `: ${found
        .slice(0, 2)
        .map((path) => `${keyword} ${path} ./${path.replace(/[^/]*$/, '')}`)
        .join(', ')}${found.length > 2 ? ', …' : ''}`
    : ' of them, with the folder that it goes to'
