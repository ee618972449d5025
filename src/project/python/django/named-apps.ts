/** Apps that INSTALLED_APPS names, and the model of users, which Django looks for when it is set up (django/apps/config.py). */
import type {FileLocation} from '../../../check.ts'
import type {Value} from '../../database/value.ts'
import {textOf as writtenText} from '../../migrations/value.ts'
import {type ClassBody, classBodies} from '../source/class-bodies.ts'
import {describeLost} from './lost-names.ts'
import type {OwnNames} from './own-names.ts'
import type {RefusedSetting} from './refused-settings.ts'
import {type SettingsValues, textsOf} from './settings-values.ts'

interface Surroundings {
  names: OwnNames
  at(setting: string, name: string): FileLocation | undefined
  /** Whether Django looks for the AppConfig in apps.py by itself: since 3.2. */
  looks: boolean
}

const setting = 'INSTALLED_APPS'
const loading = {met: 'loading', otherwise: 'Django stops when it is set up'} as const

/** An entry of the list, as far as it can be told. */
interface App {
  entry: string
  /** The package of the app: `name` of its AppConfig. */
  package: string | undefined
  label: string | undefined
  /** The class that the project wrote for it. */
  config: {body: ClassBody; module: string} | undefined
}

/** The first entry that leads to nothing; else two that are one app; and the model of users. */
export async function appFaults(values: SettingsValues, around: Surroundings): Promise<RefusedSetting[]> {
  const {names, at} = around
  const entries = entriesOf(values.get(setting))
  for (const entry of entries) {
    const place = at(setting, entry)
    const isClass = /\.[A-Z]\w*$/.test(entry)
    const lost = names.isModule(entry) ? undefined : await (isClass ? names.lostObject(entry) : names.lostModule(entry))
    if (lost && place) return [{...describeLost(setting, entry, lost), at: place, ...loading, isSure: lost.isOwn}]
  }
  const apps: App[] = []
  for (const entry of entries) apps.push(await appOf(entry, around))
  const fault = wrongName(apps, names) ?? sameLabel(apps, around)
  const user = await userModel(values, apps, around)
  return [fault, user].flatMap((each) => each ?? [])
}

async function appOf(entry: string, {names, looks}: Surroundings): Promise<App> {
  const contrib = /^django\.contrib\.(\w+)/.exec(entry)
  if (contrib) return {entry, package: contrib[0], label: contrib[1], config: undefined}
  const isModule = names.isModule(entry)
  const module = isModule ? `${entry}.apps` : entry.replace(/\.\w+$/, '')
  const file = await names.source(module)
  const bodies = file ? classBodies(file).filter(({bases}) => bases.some((base) => /\bAppConfig$/.test(base))) : []
  // Of several it is told which one is meant; without a file of this name there is none.
  const named = isModule ? bodies : bodies.filter(({name}) => entry.endsWith(`.${name}`))
  const [body, another] = named
  if (isModule && !file && names.isOwn(entry))
    return {entry, package: entry, label: entry.split('.').at(-1), config: undefined}
  const isLeft = isModule && (!looks || body?.attributes.some(({name}) => name === 'default'))
  if (!body || another || isLeft) return {entry, package: undefined, label: undefined, config: undefined}
  const text = (name: string) => writtenText(body.attributes.find((each) => each.name === name)?.value)
  const name = text('name')
  const isLabelled = body.attributes.some((each) => each.name === 'label')
  const label = isLabelled ? text('label') : name?.split('.').at(-1)
  return {entry, package: name, label, config: {body, module}}
}

/** "Cannot import 'orders'. Check that 'shop.orders.apps.OrdersConfig.name' is correct." */
function wrongName(apps: readonly App[], names: OwnNames): RefusedSetting | undefined {
  for (const {entry, package: name, config} of apps) {
    if (name === undefined || !config || !names.isOwn(entry) || names.mayBeModule(name)) continue
    const {body, module} = config
    const place = body.attributes.find((each) => each.name === 'name')?.at
    if (!place) continue
    const folder = module.replace(/\.apps$/, '')
    return {
      problem: `${body.name} is the app ${name}, as its name says, and there is no such module: the settings name ${entry}`,
      error: `Cannot import '${name}'`,
      cure: `name = "${folder}", as Python imports it from where manage.py is.`,
      at: place,
      ...loading,
      isSure: true,
    }
  }
  return undefined
}

function sameLabel(apps: readonly App[], {at}: Surroundings): RefusedSetting | undefined {
  for (const [index, {entry, label}] of apps.entries()) {
    // That one entry stands there twice is told already.
    const first = label && apps.slice(0, index).find((each) => each.label === label && each.entry !== entry)
    const place = at(setting, entry)
    if (!first || !place) continue
    return {
      problem: `INSTALLED_APPS names ${first.entry} and ${entry}, which are both called ${label}`,
      error: `Application labels aren't unique, duplicates: ${label}`,
      cure: 'Take one of the two out; of two apps give one another label in its AppConfig.',
      at: place,
      ...loading,
      isSure: true,
    }
  }
  return undefined
}

/** get_user_model of django/contrib/auth: the admin asks for it when it is loaded, else `migrate` and `check` do. */
async function userModel(
  values: SettingsValues,
  apps: readonly App[],
  {names, at}: Surroundings,
): Promise<RefusedSetting | undefined> {
  const value = values.get('AUTH_USER_MODEL')
  const model = value?.kind === 'string' && !value.trace ? value.value : undefined
  const place = model && (at('AUTH_USER_MODEL', model) ?? values.at('AUTH_USER_MODEL'))
  const hasUsers = apps.some(({entry}) => entry.startsWith('django.contrib.auth'))
  if (!model || !place || !hasUsers || !textsOf(values.get(setting))) return undefined
  const byAdmin = apps.some(({entry}) => /^django\.contrib\.admin(?:$|\.apps\.AdminConfig$)/.test(entry))
  const met = byAdmin ? 'loading' : 'checking'
  const fault = (problem: string, error: string, cure: string): RefusedSetting => ({
    ...{problem, error, cure, at: place, met, isSure: true},
    otherwise: 'whatever asks for the user is an error',
  })
  const [label = '', name = '', ...rest] = model.split('.')
  if (rest.length > 0 || name === '')
    return fault(
      `AUTH_USER_MODEL is ${model}, and must be the label of an app and the name of a model`,
      'ValueError: Invalid model reference',
      `AUTH_USER_MODEL = "${label || 'accounts'}.${rest.at(-1) ?? 'User'}"`,
    )
  if (label === 'auth') return undefined
  const app = apps.find((each) => each.label === label)
  const absent = `AUTH_USER_MODEL refers to model '${model}' that has not been installed`
  if (app && names.isOwn(app.entry))
    return (await names.hasClass(name))
      ? undefined
      : fault(
          `AUTH_USER_MODEL is ${model}, and no file of the project has a class ${name}`,
          absent,
          'Correct the name, or add and commit the model.',
        )
  // Those of a package may be called by any name.
  if (app || !apps.every((each) => each.label !== undefined)) return undefined
  return fault(
    `AUTH_USER_MODEL is ${model}, and INSTALLED_APPS has no app ${label}`,
    absent,
    `Add the app ${label} to INSTALLED_APPS, or correct its name.`,
  )
}

const entriesOf = (value: Value | undefined): string[] =>
  value?.kind === 'list'
    ? value.items.flatMap((each) =>
        each.kind === 'string' && !each.trace && /^[A-Za-z_][\w.]*$/.test(each.value) ? [each.value] : [],
      )
    : []
