import {describe, expect, it} from 'vitest'
import {isCompiled, wheelFits} from '../../../../src/project/python/packages/wheel.ts'

const fits = (tags: string, minor: number, libc: 'glibc' | 'musl' = 'glibc') =>
  wheelFits(`acme-1.0-${tags}.whl`, {minor, libc})

describe('wheelFits', () => {
  it('asks for the very Python that it was compiled for', () => {
    expect(fits('cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64', 12)).toBe(true)
    expect(fits('cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64', 13)).toBe(false)
    expect(fits('cp37-cp37m-manylinux1_x86_64', 7)).toBe(true)
    expect(fits('cp310-none-manylinux_2_17_x86_64', 11)).toBe(false)
  })

  it('takes the stable ABI of an earlier Python, and not of a later one', () => {
    expect(fits('cp39-abi3-manylinux_2_28_x86_64', 13)).toBe(true)
    expect(fits('cp311-abi3-manylinux_2_28_x86_64', 9)).toBe(false)
  })

  it('takes what is not compiled for a Python', () => {
    expect(fits('py3-none-any', 14, 'musl')).toBe(true)
    expect(fits('py2.py3-none-manylinux1_x86_64', 12)).toBe(true)
    expect(fits('py313-none-any', 12)).toBe(false)
    expect(fits('py2-none-any', 12)).toBe(false)
  })

  it('asks for the C library and the machine', () => {
    expect(fits('cp312-cp312-musllinux_1_2_x86_64', 12, 'musl')).toBe(true)
    expect(fits('cp312-cp312-manylinux2014_x86_64', 12, 'musl')).toBe(false)
    expect(fits('cp312-cp312-manylinux2014_aarch64', 12)).toBe(false)
    expect(fits('cp312-cp312-macosx_11_0_arm64', 12)).toBe(false)
    expect(fits('cp313-cp313t-manylinux2014_x86_64', 13)).toBe(false)
  })

  it('knows a build number, and a file that is no wheel', () => {
    expect(wheelFits('acme-1.0-2-cp312-cp312-manylinux2014_x86_64.whl', {minor: 12, libc: 'glibc'})).toBe(true)
    expect(wheelFits('acme-1.0.tar.gz', {minor: 12, libc: 'glibc'})).toBe(false)
  })
})

describe('isCompiled', () => {
  it('tells a wheel for one platform from one for all', () => {
    expect(isCompiled('acme-1.0-cp312-cp312-win_amd64.whl')).toBe(true)
    expect(isCompiled('acme-1.0-py3-none-any.whl')).toBe(false)
  })
})
