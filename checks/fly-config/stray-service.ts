import {defineCheck, type Facts, inSeries, keyPath} from '../../src/check.ts'

type Service = Facts['flyConfig']['services'][number]

export default defineCheck({
  id: 'fly-config/stray-service',
  title: 'settings stand at the service that they are for',
  why: 'Below the header of another service they make one of their own, without ports: its checks never pass, and its limits apply to nothing.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {path, checks, header, groups, strayFrom: meant} of flyConfig.services) {
      if (!meant) continue
      // `processes = ["worker"]`, which gets no requests.
      const isOfOthers = groups.every((group) => !meant.groups.includes(group))
      const [check] = checks
      const own = `${keyPath(path)} is a service of its own without internal_port`
      const related = [flyConfig.at(...meant.path)]
      if (check) {
        yield {
          message: `${own}, not a part of ${keyPath(meant.path)}: this check never passes`,
          at: flyConfig.at(...check.path),
          related,
          hint: `Write ${checksOf(meant, check.type)} in place of ${checksOf({header}, check.type)}.`,
          failsAt: 'health',
        }
      } else {
        yield {
          message: `${own}, not a part of ${keyPath(meant.path)}: what is set here applies to nothing`,
          at: flyConfig.at(...path),
          related,
          hint: isOfOthers
            ? `Delete it: no request reaches ${inSeries(groups)} without ports, and ${groups.length > 1 ? 'they run' : 'it runs'} without a service.`
            : `Move its keys to ${meant.header}${meant.header === '[http_service]' ? ', as in [http_service.concurrency]' : ''}.`,
        }
      }
    }
  },
})

const checksOf = ({header}: Pick<Service, 'header'>, type: 'tcp' | 'http') =>
  header === '[http_service]' ? '[[http_service.checks]]' : `[[services.${type}_checks]]`
