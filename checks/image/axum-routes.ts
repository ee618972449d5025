import {defineCheck, type Facts} from '../../src/check.ts'

export default defineCheck({
  id: 'image/axum-routes',
  title: 'axum reads the paths of the routes as they are meant',
  why: 'axum 0.8 panics at a path with :id as the program starts, and axum 0.7 takes {id} for text: no request comes there.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['axumRoutes'],
  *run({axumRoutes}) {
    const [first] = axumRoutes
    if (!first) return
    const {by, call, path, version, fault, at} = first
    const more = axumRoutes.length > 1 ? `, and at ${axumRoutes.length - 1} more` : ''
    const right = fault === 'panics' ? withBraces(path) : withSigns(path)
    if (fault === 'panics') {
      yield {
        message: `${by} ends at .${call}("${path}")${more}: axum ${version} panics where a part of a path begins with ${/\/:/.test(path) ? ':' : '*'}`,
        at,
        hint: `Write "${right}"; or stay with axum 0.7.`,
        ...(!isSure(axumRoutes) && {severity: 'warning' as const}),
        failsAt: by === 'release_command' ? ('release' as const) : ('boot' as const),
      }
      return
    }
    yield {
      message: `.${call}("${path}")${more ? ` and ${axumRoutes.length - 1} more` : ''} is for that very text: axum ${version} knows no parameters in braces, and requests get 404`,
      at,
      hint: `Write "${right}"; or take axum 0.8, which knows them.`,
      severity: 'warning',
      failsAt: 'silent',
    }
  },
})

const isSure = (routes: Facts['axumRoutes']): boolean => routes.some(({isAtOnce}) => isAtOnce)

/** `/items/{id}`, `/{*rest}`, of `/items/:id`, `/*rest`. */
const withBraces = (path: string): string =>
  path.replace(/\/:(\w*)/g, '/{$1}').replace(/\/\*(\w*)/g, (_, name: string) => `/{*${name || 'rest'}}`)

const withSigns = (path: string): string => path.replace(/\/\{\*(\w+)\}/g, '/*$1').replace(/\/\{(\w+)\}/g, '/:$1')
