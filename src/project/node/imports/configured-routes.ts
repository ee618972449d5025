/**
 * The files that routes.ts of React Router names: `route('orders/:id', './routes/order.tsx')` (reactrouter.com, "Routing").
 * They are relative to the app folder, and each of them is an entry of the build.
 */
import {withoutSlashComments} from '../../code/comments.ts'
import type {ImportSpecifier} from './import-specifiers.ts'

const calls =
  /\b(?:index|layout)\(\s{0,50}(["'])([^"'\n]{1,300})\1|\broute\(\s{0,50}(?:(["'])[^"'\n]{0,300}\3|null|undefined)\s{0,50},\s{0,50}(["'])([^"'\n]{1,300})\4/g

/** None where the names of the functions may mean others: helpers with a folder of their own. */
export function configuredRoutes(text: string): ImportSpecifier[] {
  const code = withoutSlashComments(text)
  if (!/@react-router\/dev\/routes["']/.test(code) || /\brelative\s{0,9}\(/.test(code)) return []
  return [...code.matchAll(calls)].flatMap((match) => {
    const name = match[2] ?? match[5] ?? ''
    const start = match.index + match[0].length - 1 - name.length
    return /\.[jt]sx?$/.test(name)
      ? [{text: name, start, end: start + name.length, isDynamic: false, isOptional: false}]
      : []
  })
}

/** `app/routes.ts`, in the folder that it has where no settings say another. */
export const isRoutesFile = (path: string): boolean => /(?:^|\/)app\/routes\.[jt]s$/.test(path)
