import {defineCheck, inSeries, quote, suggest} from '../../src/check.ts'

/** Who pushes there wants a deploy: such a branch is often made with the first one, and deleted behind it. */
const madeForDeploys = /^(?:releases?|prod|production|live|stable|staging|stage|deploy|deployment|deploys|fly|demo)$/i

export default defineCheck({
  id: 'ci/push-filter',
  title: 'a push of what is deployed starts the deploy',
  why: 'A workflow that no push starts deploys nothing, and nothing fails: the old version goes on running.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['pushFilters'],
  *run({pushFilters}) {
    for (const {deploy, at, missed, dead, impossible, branches, runs} of pushFilters) {
      if (dead) {
        yield {
          message: `${inSeries(dead.slice(0, 4).map(quote))} ${dead.length > 1 ? 'fit' : 'fits'} no path, and so no push starts this deploy: paths begin at the top of the repository, without ./ or /`,
          at,
          related: [deploy.call.at],
          severity: 'warning',
          hint: `Write ${dead
            .slice(0, 4)
            .map((text) => quote(text.replace(/^(?:\.{0,2}\/)+/, '')))
            .join(', ')}`,
        }
        continue
      }
      if (impossible) {
        const meant = impossible.flatMap((text) => text.replace(/^-+/, '').split(/[\s,]+/)).filter(Boolean)
        yield {
          message: `no branch can be called ${impossible.map(quote).join(' or ')}, and so no push starts this deploy`,
          at,
          related: [deploy.call.at],
          severity: 'warning',
          hint: `Write branches: [${meant.join(', ')}]`,
        }
        continue
      }
      if (runs) {
        const [asked = ''] = runs.asked
        const meant =
          suggest(asked, runs.names) ?? runs.names.find((name) => name.toLowerCase().includes(asked.toLowerCase()))
        yield {
          message: `no workflow of the repository is called ${runs.asked.map(quote).join(' or ')}: this deploy waits for its end, which never comes`,
          at,
          related: [deploy.call.at],
          severity: 'warning',
          hint: `Name it as the name: of its file does${meant ? `: workflows: [${quote(meant)}]` : `; there are ${inSeries(runs.names.slice(0, 6).map(quote))}`}.`,
        }
        continue
      }
      if (branches) {
        const {asked, main} = branches
        const names = asked.map(quote).join(' or ')
        const isMade = asked.some((name) => madeForDeploys.test(name))
        yield {
          message: isMade
            ? `the repository has no branch ${names} yet: a push to ${main} starts no deploy`
            : `the repository has no branch ${names}, and so no push starts this deploy: its main branch is ${main}`,
          at,
          related: [deploy.call.at],
          ...(!isMade && {severity: 'warning' as const}),
          hint: isMade
            ? `Push what is to be deployed there: git push origin ${main}:${asked.find((name) => madeForDeploys.test(name))}. Or write branches: [${main}]`
            : `Write branches: [${main}]`,
        }
        continue
      }
      const [told, more] = [missed.slice(0, 4), missed.length - 4]
      yield {
        message: `a push that changes ${inSeries(told)}${more > 0 ? ` (and ${more} more)` : ''} alone starts no deploy: the filter of paths leaves it out`,
        at,
        related: [deploy.call.at],
        hint: 'Add to paths: what the image is made of, and the configuration; a folder as folder/**.',
      }
    }
  },
})
