import {defineCheck, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/image-name',
  title: 'build.image is a name that an image can have',
  why: 'No registry has an image of such a name: flyctl finds none, or the machine cannot pull it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['flyConfig', 'options'],
  uses: ['deployCommands', 'buildsElse'],
  *run({flyConfig, options, deployCommands, buildsElse}) {
    const {image} = flyConfig.config.build ?? {}
    // --image comes first; a file that a script fills in is another one by then.
    if (!image || options.image || deployCommands?.rewritten) return
    const fault = faultOf(image)
    if (!fault) return
    // Of a file that no command of the project deploys as it is, something else may make the one that is deployed.
    const isTemplate = fault.isFilledIn && !deployCommands?.commands.length
    const isLower = fault.right !== undefined && fault.right !== image
    yield {
      message: `build.image is ${quote(image)}, ${fault.must}`,
      at: flyConfig.at('build', 'image'),
      ...(isLower
        ? flyConfig.write(['build', 'image'], fault.right as string)
        : {hint: 'Write it as docker pull takes it: [REGISTRY/]NAME[:TAG].'}),
      ...((isTemplate || buildsElse) && {severity: 'warning'}),
    }
  },
})

/** The grammar of github.com/distribution/reference: `[domain/]path[:tag][@digest]`. */
function faultOf(image: string): {must: string; right?: string; isFilledIn?: boolean} | undefined {
  const scheme = /^https?:\/\/(?:hub\.docker\.com\/(?:r|_)\/)?/i.exec(image)?.[0]
  if (scheme)
    return {must: 'it must be the name alone, without its address on the web', right: image.slice(scheme.length)}
  if (/\s/.test(image)) return {must: 'it must have no blanks'}
  if (/[${}<>]/.test(image))
    return {must: 'which flyctl takes as it is written: it fills in no variables here', isFilledIn: true}
  const [, name = '', rest = ''] = /^((?:[^/@]+\/)*[^/:@]*)(.*)$/.exec(image) ?? []
  const first = name.split('/')[0] ?? ''
  // A name with a dot, a port, or localhost is that of the registry.
  const domain = name.includes('/') && (/[.:]/.test(first) || first === 'localhost') ? `${first}/` : ''
  const path = name.slice(domain.length)
  if (path !== path.toLowerCase())
    return {must: 'its name must be lower case', right: domain + path.toLowerCase() + rest}
  if (rest === ':' || /^:[^\w]/.test(rest)) return {must: 'it must have a tag behind the colon'}
  return undefined
}
