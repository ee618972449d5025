import {type Fact, failed, known} from '../facts.ts'
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
    if (answer.cause !== 'not-installed') return failed(answer.message)
    return failed('flyctl is not installed', {
      kind: 'missing',
      message: `flyctl is not installed: ${answer.message}`,
      at: {live: 'flyctl'},
      hint: 'Install it (fly.io/docs/flyctl/install), or name it with --flyctl PATH. Without it: preflight --offline',
    })
  }
  const [name, version] = [textOf(answer.json, 'Name'), textOf(answer.json, 'Version')]
  if (!version || !/^(fly|flyctl)(\.exe)?$/.test(name ?? ''))
    return failed('the program on PATH is not flyctl: it prints no version of it')
  return known({version})
}
