import type {FileLocation} from '../../check.ts'
import type {FactStore, Facts} from '../../facts.ts'
import {lineage} from '../dockerfile/parse.ts'

/** The environment variables that the machines start with, as far as the project says it. */
export interface SetVariables {
  /** The value in [env], else in ENV of the image. */
  given(name: string): string | undefined
  /** [env] sets it. */
  inFlyConfig(name: string): boolean
  /** Whoever reads the project sees it set: it has a value, or a command or a script of the deploy may give it one. */
  inTheOpen(name: string): boolean
  /** The same, or flyctl or the project itself sets it as a secret. */
  mayBeSet(name: string): boolean
  /** The image is built of a Dockerfile on a base whose variables are known. */
  complete: boolean
}

/** A variable as [env] sets it, else ENV of the image, and where; its value is undefined where it cannot be known. */
export const machineVariable =
  (flyConfig: Facts['flyConfig'] | undefined, image: Facts['image'] | undefined) =>
  (name: string): {value: string | undefined; at: FileLocation} | undefined => {
    const written = flyConfig?.config.env?.[name]
    return flyConfig && written !== undefined
      ? {value: String(written), at: flyConfig.at('env', name)}
      : image?.final.env.get(name)
  }

/** What Fly.io sets in every machine (fly.io/docs/machines/runtime-environment). */
const byFly = /^(?:FLY_\w+|PRIMARY_REGION|RELEASE_COMMAND)$/
/** What `flyctl launch`, `postgres attach`, `mpg attach`, `redis create` and `storage create` set as secrets. */
const byFlyctl =
  /^(?:SECRET_KEY_BASE|RAILS_MASTER_KEY|APP_KEY|DATABASE_URL|REDIS_URL|AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|ENDPOINT_URL_S3|REGION)|BUCKET_NAME|SENTRY_DSN)$/

/** Images that somebody else made for everybody: they hold no settings of this app. */
const published =
  /^(?:(?:docker\.io|index\.docker\.io|public\.ecr\.aws\/docker)\/)?(?:library\/)?[\w.-]+(?:[:@]|$)|^(?:hexpm|oven|gcr\.io\/distroless|mcr\.microsoft\.com|cgr\.dev)\//

export async function setVariables(facts: FactStore): Promise<SetVariables> {
  const [flyConfig, image, processes, secrets] = await Promise.all([
    facts.value('flyConfig'),
    facts.value('image'),
    facts.value('processes'),
    facts.value('secretNames'),
  ])
  const [base] = image ? lineage(image.final.stage) : []
  const env = new Map(Object.entries(flyConfig?.config.env ?? {}))
  const given = (name: string) => env.get(name) ?? image?.final.env.get(name)?.value
  const inTheOpen = (name: string) =>
    given(name) !== undefined ||
    env.has(name) ||
    image?.final.env.has(name) === true ||
    byFly.test(name) ||
    processes?.mayAssign(name) === true
  return {
    given,
    inFlyConfig: (name) => env.has(name),
    inTheOpen,
    mayBeSet: (name) =>
      inTheOpen(name) || byFlyctl.test(name) || secrets?.some((secret) => secret.name === name) === true,
    complete: published.test(base?.image ?? '') && !flyConfig?.hasContainers,
  }
}
