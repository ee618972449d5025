import {expect, it} from 'vitest'
import {absent, type Fact, FactStore, failed, known, type Loaders} from '../../src/facts.ts'

/** A store with these loaders only: of others nobody asks. */
const storeOf = (loaders: Partial<Loaders>) => new FactStore(loaders as Loaders)

const later = async <T>(fact: Fact<T>): Promise<Fact<T>> => {
  await new Promise((done) => setTimeout(done, 5))
  return fact
}

it('a loader gets the values that it needs', async () => {
  const facts = storeOf({
    buildsElse: async () => known(true),
    wantedSecrets: async () => known([]),
    requiredVariables: async (store) => {
      const [buildsElse, wanted] = await store.needAll('buildsElse', 'wantedSecrets')
      return buildsElse && wanted.length === 0 ? known([]) : absent('not so')
    },
  })
  expect(await facts.get('requiredVariables')).toEqual(known([]))
})

it('where one is not there, the fact is that one, and the loader goes no further', async () => {
  let went = false
  const facts = storeOf({
    buildsElse: async () => absent('the folder is empty'),
    requiredVariables: async (store) => {
      await store.need('buildsElse')
      went = true
      return known([])
    },
  })
  expect(await facts.get('requiredVariables')).toEqual(absent('the folder is empty'))
  expect(went).toBe(false)
})

it('of several that are not there, the first one counts, whichever is known first', async () => {
  const facts = storeOf({
    buildsElse: () => later(absent('the first')),
    wantedSecrets: async () => failed('the second'),
    requiredVariables: async (store) => {
      await store.needAll('buildsElse', 'wantedSecrets')
      return known([])
    },
  })
  expect(await facts.get('requiredVariables')).toEqual(absent('the first'))
})

it('a loader that breaks is told as a fault of preflight', async () => {
  const facts = storeOf({
    requiredVariables: async () => {
      throw new TypeError('no such thing')
    },
  })
  expect(await facts.get('requiredVariables')).toEqual(failed('reading requiredVariables broke: no such thing'))
})
