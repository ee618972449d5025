import {defineCheck, imagePython} from '../../src/check.ts'

export default defineCheck({
  id: 'policy/python-version',
  title: 'the image has a Python that the policy allows',
  why: "The project's own rule in preflight.toml is broken: the app runs on a Python that is not meant to be in use.",
  severity: 'error',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['settings', 'image'],
  *run({settings: {policy}, image: {final}}) {
    const {python: rule} = policy
    if (!rule) return '[policy] has no python'
    const version = final.base?.python
    if (!version) return 'the name of the base image does not say which Python it has'
    if (!imagePython(final)) return 'the Dockerfile brings a Python of its own'
    if (rule.allows(version)) return
    yield {
      message: `the image has Python ${version} (${final.stage.image ?? 'its base'}), [policy] demands ${rule.value}`,
      at: final.stage.at,
      related: [rule.at],
      hint: `Start from an image whose Python satisfies ${rule.value}.`,
    }
  },
})
