import {defineCheck, oneOf} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/action-inputs',
  title: 'the actions before a deploy get what they ask for',
  why: 'An action stops without an input that it demands, or the lock file of its cache: the deploy behind it never begins.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['actionDemands'],
  *run({actionDemands}) {
    for (const {step, at, action, input, of, files, atTop, elsewhere} of actionDemands) {
      const then = `and the job ${step.job.id} ends before it deploys`
      if (of === 'shell') {
        yield {
          message: `a run of ${action} names no shell: GitHub refuses the action ("Required property is missing: shell"), ${then}`,
          at,
          hint: 'Write shell: bash beside it: in an action nothing else says which.',
        }
        continue
      }
      if (of && 'number' in of) {
        yield {
          message: `python-version: ${input} is the number ${of.number} to YAML: ${action} finds no Python ${of.number} and stops, ${then}`,
          at,
          hint: `Write it as a text: python-version: '${input}'`,
        }
        continue
      }
      if (of && 'ruby' in of) {
        yield {
          message: `ruby-version is ${input}, and the Gemfile wants exactly ${of.ruby}: Bundler stops, ${then}`,
          at,
          hint: 'Delete ruby-version where the project has .ruby-version or .tool-versions, which the action then reads; else write that of the Gemfile.',
        }
        continue
      }
      if (of) {
        yield {
          message: `${action} has no input ${input}: GitHub only warns of that, and ${of.name} of the action is empty`,
          at,
          hint: `Did you mean ${of.name}?`,
        }
        continue
      }
      if (!files) {
        yield {
          message: `${action} is not given ${input}: it stops with "Input required and not supplied", ${then}`,
          at,
          hint: `Write below with: ${input}: ${input === 'distribution' ? 'temurin' : '…'}`,
        }
        continue
      }
      const place = atTop ? 'at the top of the repository' : 'in the repository'
      yield {
        message: `${input} lets ${action} look for ${oneOf(files)} ${place}, and there is none: it stops, ${then}`,
        at,
        hint: elsewhere
          ? `Name the file: cache-dependency-path: ${elsewhere}`
          : `Commit the file, or delete the line ${input}.`,
      }
    }
  },
})
