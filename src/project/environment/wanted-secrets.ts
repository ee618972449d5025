import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, type Facts, known} from '../../facts.ts'

/** A secret that somebody says the app needs, and that neither [env] nor the image sets. */
export interface WantedSecret {
  /** One of them would do. */
  names: string[]
  /** Where it is asked for. */
  at: FileLocation
  /** Ends a sentence that says that it is missing. */
  why: string
  /** preflight.toml requires it, or the deploy surely stops without it. */
  certain: boolean
}

/** Each once, by who asks for it first: preflight.toml, the code, the file of secrets. Absent: there is nothing to ask for. */
export async function loadWantedSecrets(facts: FactStore): Promise<Fact<WantedSecret[]>> {
  const [[settings, environment, required], secretsFile, flyConfig, image, processes] = await Promise.all([
    facts.needAll('settings', 'environment', 'requiredVariables'),
    facts.value('secretsFile'),
    facts.value('flyConfig'),
    facts.value('image'),
    facts.value('processes'),
  ])

  const wanted: WantedSecret[] = []
  const want = (each: WantedSecret) => {
    if (!wanted.some(({names}) => each.names.some((name) => names[0] === name))) wanted.push(each)
  }
  for (const {name, at} of settings.requiredSecrets)
    want({names: [name], at, why: 'preflight.toml requires it', certain: true})
  for (const {name, at} of settings.recommendedSecrets)
    want({names: [name], at, why: 'preflight.toml recommends it', certain: false})
  const database = databaseRead(environment, required)
  // A command or a script of the deploy may set it.
  const isSetLater = database !== undefined && processes?.mayAssign('DATABASE_URL') === true
  if (database && !isSetLater) want(database)
  for (const {names, at, proven, forgotten} of required) {
    // env/required tells of what belongs in [env].
    if (!forgotten) want({names, at, why: 'the code reads it and has no default', certain: proven})
  }
  for (const {name, at} of secretsFile?.variables ?? [])
    want({names: [name], at, why: `${secretsFile?.file} has it`, certain: false})

  const open = new Set([...Object.keys(flyConfig?.config.env ?? {}), ...(image?.final.env.keys() ?? [])])
  const unset = wanted.filter(({names}) => !names.some((name) => open.has(name)))
  if (unset.length > 0) return known(unset)
  if (wanted.length > 0) return absent('[env] or the image sets what the app needs')
  return absent(
    isSetLater
      ? 'a command of the deploy may set DATABASE_URL'
      : 'preflight.toml names no secrets, and no Python, JavaScript or Prisma code reads DATABASE_URL',
  )
}

/** DATABASE_URL needs no entry: code that cannot do without it says so itself, and with a default it is wanted all the same. */
function databaseRead({reads}: Facts['environment'], required: Facts['requiredVariables']): WantedSecret | undefined {
  const all = reads.filter(({name}) => name === 'DATABASE_URL')
  const read = all.find(({without}) => without === 'fails') ?? all.find(({without}) => without === 'unknown') ?? all[0]
  if (!read) return undefined
  const {without, at} = read
  const why = {
    fails: 'the code reads it and has no default',
    unknown: 'the code reads it',
    continues: 'the code reads it, and goes on with a default',
  }[without]
  const isProven = required.some(({names, proven}) => proven && names.includes('DATABASE_URL'))
  return {names: ['DATABASE_URL'], at, why, certain: without === 'fails' && isProven}
}
