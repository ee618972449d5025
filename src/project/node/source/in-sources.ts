import {type Fact, type FactStore, known} from '../../../facts.ts'

/** What a rule finds in sources that are surely read; without any, neither the rule is loaded nor the parser. */
export async function inSources<T>(facts: FactStore, find: () => Promise<Fact<T[]>>): Promise<Fact<T[]>> {
  const readers = await facts.need('sourceReaders')
  return readers.some(({sources, pages = []}) => sources.length + pages.length > 0) ? find() : known([])
}
