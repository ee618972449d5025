import type {Measurement} from './bench.ts'
import {preflight, withProject} from './run.ts'

const toml = 'app = "shop"\n\n[build]\ndockerfile = "Dockerfile"\n'
/** In stages that copy from each other: a single one can have 500 layers at most. */
const lines = (count: number): string =>
  `${Array.from({length: count}, (_, index) => `${index % 250 > 0 ? '' : stage(index / 250)}RUN echo ${index} > /tmp/${index} && rm /tmp/${index}\n`).join('')}CMD ["sh"]\n`
const stage = (index: number): string =>
  `FROM debian:12 AS s${index}\n${index > 0 ? `COPY --from=s${index - 1} /etc/hosts /etc/hosts\n` : ''}`

/** Twice as many lines take twice as long at most: what is the same for every project is taken off before. */
export async function dockerfile(): Promise<Measurement> {
  const measure = (count: number) =>
    withProject({'fly.toml': toml, Dockerfile: lines(count)}, (folder) => preflight(['--offline', '--json'], folder, 3))
  const [none] = await measure(1)
  const [half] = await measure(2500)
  const whole = await measure(5000)
  return {
    what: 'a Dockerfile of 5000 lines, against one of half as many',
    took: [whole[0] - none, whole[1] - none],
    against: half - none,
    budget: 2.2,
  }
}
