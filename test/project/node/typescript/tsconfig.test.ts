import {deepStrictEqual} from 'node:assert/strict'
import {describe, it} from 'vitest'
import {TextFile} from '../../../../src/project/files/text.ts'
import {compiledBy} from '../../../../src/project/node/typescript/tsconfig.ts'

const asks = (settings: object, path: string, above: object = {}): boolean =>
  compiledBy([
    new TextFile('api/tsconfig.json', '/api/tsconfig.json', JSON.stringify(settings)),
    new TextFile('tsconfig.json', '/tsconfig.json', JSON.stringify(above)),
  ])(path)

describe('what a tsconfig.json has compiled', () => {
  it('is all, unless it says otherwise', () => {
    deepStrictEqual(asks({}, 'api/src/server.ts'), true)
    deepStrictEqual(asks({files: ['src/server.ts']}, 'api/src/server.ts'), false)
  })
  it('is what include has', () => {
    for (const each of ['src', 'src/', './src', 'src/**/*', 'src/**/*.ts', '**/*.ts', '.', './'])
      deepStrictEqual([each, asks({include: [each]}, 'api/src/server.ts')], [each, true])
    for (const each of ['lib', 'src/*.tsx', 'src/web', '*'])
      deepStrictEqual([each, asks({include: [each]}, 'api/src/server.ts')], [each, false])
  })
  it('is nothing outside of its folder, below a dot, or written by it', () => {
    deepStrictEqual(asks({}, 'web/src/server.ts'), false)
    deepStrictEqual(asks({}, 'api/.storybook/main.ts'), false)
    deepStrictEqual(asks({include: ['.storybook']}, 'api/.storybook/main.ts'), true)
    deepStrictEqual(asks({compilerOptions: {outDir: 'out'}}, 'api/out/main.ts'), false)
  })
  it('is not what exclude has', () => {
    deepStrictEqual(asks({include: ['src'], exclude: ['**/server.ts']}, 'api/src/server.ts'), false)
    deepStrictEqual(asks({include: ['src'], exclude: ['node_modules', '**/*.test.ts']}, 'api/src/server.ts'), true)
  })
  it('is as the nearest says, from the folder where it is said', () => {
    deepStrictEqual(asks({include: ['src']}, 'api/src/server.ts', {include: ['lib']}), true)
    deepStrictEqual(asks({}, 'api/src/server.ts', {include: ['src']}), false)
  })
})
