import {defineCheck, type Facts, type Finding, operatorIn, quote, startedPart} from '../../src/check.ts'

type LiteFs = Facts['litefs']
type Config = NonNullable<LiteFs['config']>

/** What fly.toml must have for it is told by fly-config/litefs. */
export default defineCheck({
  id: 'image/litefs',
  title: 'LiteFS can work with its configuration',
  why: 'LiteFS stops at a configuration that it cannot use, and the app that it should start with it.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['litefs', 'flyConfig'],
  uses: ['buildsElse'],
  *run({litefs, flyConfig, buildsElse}) {
    if (flyConfig.hasContainers || buildsElse || litefs.isReplaced) return
    yield* words(litefs)
    for (const finding of faults(litefs)) yield litefs.certain ? finding : {...finding, severity: 'warning'}
  },
})

function* words({refused, isKnownRelease}: LiteFs): Generator<Finding> {
  for (const {by, at, word} of refused) {
    yield {
      message: `${by} hands ${quote(word)} to litefs mount, which takes options only and stops: "too many arguments"`,
      at,
      hint:
        by === 'release_command'
          ? 'Delete release_command and run it under exec in litefs.yml, before the app: what ENTRYPOINT starts gets it as arguments.'
          : `Write it under exec in litefs.yml, or behind two dashes: litefs mount -- ${word}`,
      failsAt: by === 'release_command' ? 'release' : 'boot',
      ...(!isKnownRelease && {severity: 'warning'}),
    }
  }
}

function* faults(litefs: LiteFs): Generator<Finding> {
  const {config, missing, by, at} = litefs
  if (missing.length > 0) {
    yield {
      message: `${by} starts litefs mount, and the image has no ${missing.at(-1)}: LiteFS stops without its configuration`,
      at,
      hint: `COPY litefs.yml ${missing.at(-1)}`,
    }
  }
  if (!config) return
  if (litefs.isKnownRelease) yield* unknownKeys(config)
  if (!config.isOlder) yield* lease(config)
  yield* values(config)
  yield* folders(litefs, config)
  if (!litefs.replacesCommands) yield* commands(config)
}

function* unknownKeys({unknownKeys: keys}: Config): Generator<Finding> {
  for (const {key, at} of keys) {
    yield {
      message: `LiteFS 0.5 does not know ${key}, and refuses the whole file`,
      at,
      hint: 'What there is: https://fly.io/docs/litefs/config/',
    }
  }
}

function* lease({leaseType: type, at}: Config): Generator<Finding> {
  if (type?.text.includes('$') || type?.text === 'consul' || type?.text === 'static') return
  yield {
    message: `lease.type is ${type ? quote(type.text) : 'missing'}: LiteFS knows "consul" and "static", and stops at anything else`,
    at: type?.at ?? at('lease'),
    hint: 'lease: { type: "consul" }, with the URL that fly consul attach sets as FLY_CONSUL_URL.',
  }
}

/** What stands outside of the braces is text. */
const isBool = (text: string): boolean => {
  const rest = text.replace(/\$\{[^{}]{1,200}\}|\$\w{1,100}/g, '').trim()
  return rest === '' || (rest === text.trim() && /^(?:true|false|yes|no|on|off|y|n)$/i.test(rest))
}

function* values({candidate, emptied}: Config): Generator<Finding> {
  if (candidate && !isBool(candidate.text)) {
    yield {
      message: `lease.candidate is ${quote(candidate.text)}, which is no true or false once LiteFS has filled it in: it stops`,
      at: candidate.at,
      hint: 'candidate: ${FLY_REGION == PRIMARY_REGION}, with the comparison inside of the braces.',
    }
  }
  for (const {text, at} of emptied) {
    yield {
      message: `LiteFS knows names and comparisons in braces alone, and puts nothing in the place of ${text}`,
      at,
      hint: 'Write the value, or the name of a variable that [env] has.',
      severity: 'warning',
      failsAt: 'silent',
    }
  }
}

function* folders({dataFolder: data, fuseFolder: fuse}: LiteFs, config: Config): Generator<Finding> {
  if (data === undefined || data !== fuse) return
  yield {
    message: `fuse.dir and data.dir are both ${data}: LiteFS stops, as they must be two folders`,
    at: config.dataDir?.at ?? config.at('data'),
    related: config.fuseDir ? [config.fuseDir.at] : [],
    hint: 'fuse.dir is where the app opens the database, data.dir is where LiteFS keeps it, on the volume.',
  }
}

/** Words of the shell that are no programs. */
const ofShell = /^\s*(?:cd|export|source|\.|set|exec|eval|\w+=\S*)\s/

function* commands({commands: all}: Config): Generator<Finding> {
  for (const [index, {text, at}] of all.entries()) {
    const found = operatorIn(text)
    const word = ofShell.exec(text)?.[0].trim()
    const wrapped = `sh -c ${quote(text)}`
    if (word !== undefined) {
      yield {
        message: `LiteFS starts this without a shell, and ${word} is no program`,
        at,
        hint: `- cmd: ${wrapped}`,
      }
    } else if (found) {
      const isLast = index === all.length - 1 && /^(?:&&|;)$/.test(found.operator)
      yield {
        message: `LiteFS starts this without a shell: of it only ${quote(startedPart(text).trim())} runs, and what begins with ${found.operator} is left out${isLast ? ', so that the app does not start' : ''}`,
        at,
        hint: isLast ? `Write each command as a cmd of its own, or - cmd: ${wrapped}` : `- cmd: ${wrapped}`,
        ...(!isLast && {severity: 'warning'}),
      }
    }
  }
}
