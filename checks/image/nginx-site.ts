import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/nginx-site',
  title: 'no site of the nginx package stands before the app’s',
  why: 'The package of nginx brings a default server for port 80: a second one ends nginx, and without one it answers for the app.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['sitesInTheWay'],
  uses: ['buildsElse'],
  *run({sitesInTheWay, buildsElse}) {
    for (const {path, distribution, by, at, stops, certain} of sitesInTheWay) {
      const whose = {debian: "Debian's package", alpine: "Alpine's package"}[distribution]
      const page = {debian: 'its page “Welcome to nginx!”', alpine: '404'}[distribution]
      yield {
        message: stops
          ? `this server and that of ${whose} are both the default server of port 80 (“a duplicate default server”): nginx stops before it starts`
          : `${by} starts nginx, whose default server for port 80 is the one of ${whose}: it answers with ${page}, and not the app`,
        at,
        hint: `Remove it in the Dockerfile: RUN rm ${path}; or copy yours over it: COPY … ${path}`,
        // A supervisor goes on with the others.
        ...((!stops || !certain || buildsElse) && {severity: 'warning'}),
        ...(!stops && {failsAt: 'silent'}),
      }
    }
  },
})
