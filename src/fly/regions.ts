import type {Fact, FactStore} from '../facts.ts'
import {ask} from './ask.ts'
import type {FlyClient} from './client.ts'
import {booleanOf, eachOf, textOf} from './json.ts'

/** A region that takes machines; flyctl leaves out those that are closed. */
export interface Region {
  code: string
  name: string
  /** Whether only organisations with a paid plan may use it. */
  paidPlan: boolean
}

export const loadRegions = (client: FlyClient, facts: FactStore): Promise<Fact<Region[]>> =>
  ask(client, facts, ['platform', 'regions'], (json) => {
    const regions = eachOf(json, (region) => {
      const code = textOf(region, 'code')
      return code
        ? {code, name: textOf(region, 'name') ?? code, paidPlan: booleanOf(region, 'requires_paid_plan')}
        : undefined
    })
    // A list without one is no answer: every region would look closed.
    return regions.length > 0 ? regions : undefined
  })
