import nginxTemplate from '../../../checks/image/nginx-template.ts'
import {testCheck} from '../../harness.ts'

const project = (template: string, env = 'A_URL = "x"\n', dockerfile = '', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n${env}`,
    Dockerfile: `FROM nginx:1.29-alpine\nCOPY nginx /etc/nginx/templates/\n${dockerfile}`,
    'nginx/default.conf.template': template,
    ...more,
  },
})
const both = 'location / {\n  proxy_pass ${A_URL};\n  set $uri ${B_URL};\n}\n'
const told = (severity: string) =>
  `${severity} fly.toml:3:1 \${B_URL} in nginx/default.conf.template is filled in when nginx starts, and neither [env] nor ENV sets B_URL`

testCheck(nginxTemplate, {
  clean: {
    'all are set': project(both, 'A_URL = "x"\nB_URL = "y"\n'),
    'one by ENV': project(both, undefined, 'ENV B_URL=y\n'),
    'one by Fly.io': project('return 200 "${A_URL} ${FLY_REGION}";\n'),
    'variables of nginx': project('proxy_pass ${A_URL}${uri};\nset $LIMIT 1;\nreturn 200 "${LIMIT}";\n'),
    'a comment': project('# ${B_URL}\nproxy_pass ${A_URL};\n'),
    'a file that is no template': project('', undefined, '', {'nginx/other.conf': both}),
    'another entrypoint': project(both, undefined, 'ENTRYPOINT ["/start.sh"]\n'),
    'a script that sets variables': project(both, undefined, 'COPY env.envsh /docker-entrypoint.d/\n', {
      'env.envsh': '',
    }),
    'a secret that preflight.toml names': project(both, undefined, '', {
      'preflight.toml': '[secrets]\nrequired = ["B_URL"]\n',
    }),
  },
  flagged: {
    'one is missing': {...project(both), expect: [told('warning')]},
    'none is set': {
      ...project('proxy_pass ${B_URL};\n', 'PORT = "80"\n'),
      expect: [told('info')],
    },
  },
})
