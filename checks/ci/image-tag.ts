import {defineCheck, type Facts} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/image-tag',
  title: 'a workflow pushes the image tag that it deploys',
  why: 'flyctl looks for the image by its tag: one that was pushed under another tag is not found, and nothing is deployed.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {call, image, rule, pushed} of workflows.unpushedImages) {
      const others = pushed.tags.filter((tag) => tag.includes('COMMIT_ID'))
      yield {
        message: `${image} is deployed, and the workflow pushes ${others.length > 0 ? others.join(' and ') : 'no tag with the commit’s ID'}: flyctl does not find the image`,
        at: call.wordAt('--image'),
        related: [pushed.at],
        hint: `Push the tag that is deployed, with docker/metadata-action as ${rule} (its type=sha alone makes sha- and seven characters), or deploy the one that is pushed.`,
      }
    }
    for (const {run, inputs} of workflows.workflows.flatMap(({jobs}) => jobs.flatMap(({steps}) => steps))) {
      for (const value of [run, ...inputs.values()]) {
        const [name] = /registry\.fly\.io\/\$\{\{ {0,9}github\.repository {0,9}\}\}/.exec(value?.text ?? '') ?? []
        if (!value || !name) continue
        yield {
          message: `${name} is registry.fly.io/OWNER/NAME, and images of registry.fly.io are named after an app, in one word: the registry refuses it`,
          at: value.at,
          hint: 'Write the app’s name: registry.fly.io/APP_NAME, with the app that flyctl deploys.',
        }
      }
    }
    const deploys = workflows.calls.filter(({command}) => command === 'deploy')
    for (const build of deploys.filter(isOn('build-only'))) {
      const label = /--image-label[ =]["']?((?:\$\{\{[^}\n]*\}\}|[^\s"'\\])+)/.exec(build.script)?.[1]
      if (isOn('push')(build) || label === undefined) continue
      const image = (call: Call) =>
        /(?:--image|-i)[ =]["']?(registry\.fly\.io\/(?:\$\{\{[^}\n]*\}\}|[^\s"'\\])+)/.exec(call.script)?.[1]
      const user = deploys.find(
        (call) =>
          call.workflow.file === build.workflow.file && call.flags.has('image') && image(call)?.endsWith(`:${label}`),
      )
      // Something else may push it.
      if (!user || /\bdocker push\b|--push\b|imagetools|build-push-action/.test(build.workflow.file.text)) continue
      yield {
        message: `--build-only leaves the image ${label} on the builder, and ${image(user)} is deployed: flyctl does not find the image`,
        at: build.at,
        related: [user.at],
        hint: 'Add --push, which puts the image into the registry.',
      }
    }
  },
})

type Call = Facts['workflows']['calls'][number]

const isOn =
  (flag: string) =>
  ({flags}: Call): boolean =>
    flags.has(flag) && flags.get(flag) !== 'false'
