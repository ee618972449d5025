import {describe, expect, it} from 'vitest'
import {isBuilt} from '../../src/project/deploys/built-places.ts'

describe('what a build before the deploy writes', () => {
  it.each([
    ['target/release/shop', 'cargo build --release -p shop', true],
    ['target/x86_64-unknown-linux-musl/release/shop', 'cargo zigbuild --release', true],
    ['target/release/shop/shop', 'cargo build --release', false],
    ['target/release/shop', 'cargo test', false],
    ['apps/web/dist', 'pnpm -r build', true],
    ['apps/web/dist', 'pnpm install', false],
    ['apps/web/src', 'pnpm -r build', false],
    ['build/libs/shop.jar', './gradlew shadowJar', true],
    ['publish', 'dotnet publish -o publish', true],
  ])('%s, %s: %s', (path, commands, expected) => {
    expect(isBuilt(path, commands)).toBe(expected)
  })
})
