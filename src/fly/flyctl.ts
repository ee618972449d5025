import {type Fact, failed, known} from '../facts.ts'
import {noAnswer} from './ask.ts'
import type {FlyClient} from './client.ts'
import {textOf} from './json.ts'

export interface FlyctlVersion {
  /** `0.4.87` */
  version: string
}

/** `version` asks nobody: it only tells that there is a flyctl (Concourse has a `fly` too). */
export async function loadFlyctl(client: FlyClient): Promise<Fact<FlyctlVersion>> {
  const answer = await client.json(['version'])
  if (!answer.ok) {
    if (answer.cause === 'not-installed') {
      return failed('flyctl is not installed', {
        kind: 'missing',
        message: `flyctl is not installed: ${answer.message}`,
        at: {live: 'flyctl'},
        hint: 'Install it (fly.io/docs/flyctl/install), or name it with --flyctl PATH. Without it: preflight --offline',
      })
    }
    return answer.cause === 'usage' || answer.cause === 'garbage' ? another : noAnswer(answer)
  }
  const [name, version] = [textOf(answer.json, 'Name'), textOf(answer.json, 'Version')]
  return version && /^(fly|flyctl)(\.exe)?$/.test(name ?? '') ? known({version}) : another
}

const another = failed('the program that was found is not flyctl', {
  kind: 'missing',
  message: 'the program that was found is not flyctl of Fly.io: asked for its version, it names another or none',
  at: {live: 'flyctl'},
  hint: 'Concourse has a fly too. Name the right one with --flyctl PATH, or put flyctl on PATH.',
})
