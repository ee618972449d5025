import {defineCheck, quote} from '../../src/check.ts'

/** The docs' machines/runtime-environment, and what flyctl adds (internal/appconfig/machines.go). */
const setByFly = new Set([
  'FLY_APP_NAME',
  'FLY_MACHINE_ID',
  'FLY_ALLOC_ID',
  'FLY_REGION',
  'FLY_PUBLIC_IP',
  'FLY_IMAGE_REF',
  'FLY_MACHINE_VERSION',
  'FLY_PRIVATE_IP',
  'FLY_PROCESS_GROUP',
  'FLY_VM_MEMORY_MB',
  'FLY_STANDBY_FOR',
  'FLY_TEST_COMMAND',
  'FLY_TEST_MACHINE_IP',
])

export default defineCheck({
  id: 'fly-config/env-name',
  title: 'every name in [env] is free for the app',
  why: 'Fly.io sets some variables itself: the app then sees another value than the one that is written.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['misspeltNames'],
  *run({flyConfig, misspeltNames = []}) {
    for (const {name, meant, at} of misspeltNames) {
      yield {
        message: `nothing reads ${name}: it is nearly ${meant}, which is not set`,
        at: flyConfig.at('env', name),
        related: at ? [at] : [],
        hint: `Write ${meant}, if that is meant.`,
      }
    }
    const {env = {}, primary_region: primaryRegion} = flyConfig.config
    for (const [name, value] of Object.entries(env)) {
      const at = flyConfig.at('env', name)
      if (/[=\0\s]|^$/.test(name)) {
        yield {
          message: `${quote(name)} is no name that an environment variable can have`,
          at,
          hint: 'Names are letters, digits and underscores: NAME = "value"',
          failsAt: 'runtime',
        }
      } else if (setByFly.has(name)) {
        yield {
          message: `Fly.io sets ${name} in every machine, so this value is lost or hides the real one`,
          at,
          hint: `Delete it, or give the app's own setting another name: ${name.replace(/^FLY_(APP_)?/, 'APP_')}`,
        }
      } else if (name.startsWith('FLY_')) {
        yield {
          message: `${name} begins with FLY_, which Fly.io keeps for its own variables`,
          at,
          hint: `Give it another name, such as ${name.slice('FLY_'.length) || 'APP_NAME'}.`,
          severity: 'info',
        }
      } else if (name === 'PRIMARY_REGION' && primaryRegion && primaryRegion !== value) {
        yield {
          message: `PRIMARY_REGION will be ${quote(primaryRegion)}, not ${quote(value)}: primary_region replaces it`,
          at,
          related: [flyConfig.at('primary_region')],
          hint: 'Delete it here, and write the region that is meant in primary_region.',
        }
      } else if (name === 'RELEASE_COMMAND') {
        yield {
          message: 'RELEASE_COMMAND tells the release command from the app; set here, it is in every machine',
          at,
          hint: 'Delete it: flyctl sets it to 1 where the release command runs.',
        }
      }
    }
  },
})
