import {type Fact, type FactStore, known} from '../../../../facts.ts'
import {noFiles} from '../../../files/files.ts'
import type {Inputs} from '../../../inputs.ts'
import {djangoRefusals} from './django.ts'
import {expressRefusals} from './express.ts'
import {phoenixRefusals} from './phoenix.ts'
import {railsRefusals} from './rails.ts'
import type {AppCode, Refusal} from './refusal.ts'
import {starletteRefusals} from './starlette.ts'

const frameworks = [railsRefusals, phoenixRefusals, djangoRefusals, starletteRefusals, expressRefusals]

export async function loadRefusals({reader}: Inputs, facts: FactStore): Promise<Fact<Refusal[]>> {
  const {services, topLevelChecks, config} = await facts.need('flyConfig')
  if (services.length === 0 && topLevelChecks.length === 0) return known([])
  const paths = (await facts.value('files')) ?? noFiles
  const image = await facts.value('image')
  const code: AppCode = {
    paths,
    reader,
    read: async (path) => (paths.has(path) ? reader.text(path) : undefined),
    isCopied: (path) => !image || image.copies(path),
    given: (name) => config.env?.[name] ?? image?.final.env.get(name)?.value,
    mixEnvironment: async () => (await facts.value('mixConfig'))?.env ?? 'prod',
  }
  const found = await Promise.all(frameworks.map((refusals) => refusals(code)))
  return known(found.flat().filter((each) => each !== undefined))
}
