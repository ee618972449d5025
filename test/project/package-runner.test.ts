import {describe, expect, it} from 'vitest'
import {readRequest} from '../../src/project/node/scripts/package-runner.ts'

const read = (command: string) => {
  const request = readRequest(command.split(' '))
  if (!request) return undefined
  const {kind, name, args, folder, member} = request
  return [kind, name, ...args, ...(folder ? [`in ${folder}`] : []), ...(member ? [`of ${member}`] : [])]
    .join(' ')
    .trim()
}

describe('what a package manager is asked for', () => {
  it.each([
    ['npm ci --omit=dev', 'install'],
    ['npm install left-pad', undefined],
    ['npm run build --prefix web', 'script build in web'],
    ['npm run build -- --mode production', 'script build --mode production'],
    ['npm run build -w api', 'script build of api'],
    ['npm run build --workspaces', undefined],
    ['npm exec vite build', 'program  vite build'],
    ['npx -y vite build', 'program  vite build'],
    ['npx -p typescript tsc', undefined],
    ['pnpm -C web build', 'script build in web'],
    ['pnpm --filter @shop/web... run build', 'script build of @shop/web...'],
    ['pnpm --filter=web build --mode x', 'script build --mode x of web'],
    ['pnpm -r build', undefined],
    ['pnpm deploy out', undefined],
    ['yarn', 'install'],
    ['yarn --cwd web build', 'script build in web'],
    ['yarn workspace api build', 'script build of api'],
    ['yarn workspaces focus', undefined],
    ['bun run src/main.ts', 'script src/main.ts'],
    ['make build', undefined],
  ])('%s', (command, expected) => {
    expect(read(command)).toBe(expected)
  })
})
