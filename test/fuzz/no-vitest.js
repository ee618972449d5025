// Instead of vitest, for the fuzzer: what a test file describes is read, and no test is run.
export const describe = (_name, body) => body?.()
Object.assign(describe, {each: () => () => {}, skipIf: () => describe, runIf: () => describe, skip: () => {}})
export const it = () => {}
Object.assign(it, {each: () => () => {}, skipIf: () => it, runIf: () => it, skip: () => {}})
export const test = it
export const expect = new Proxy(() => {}, {get: () => () => {}})
export const onTestFinished = () => {}
export const beforeAll = () => {}
export const afterAll = () => {}
export const beforeEach = () => {}
export const afterEach = () => {}
export const vi = {}
