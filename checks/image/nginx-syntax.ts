import {defineCheck, type Facts} from '../../src/check.ts'

type Fault = Facts['nginxFaults'][number]

export default defineCheck({
  id: 'image/nginx-syntax',
  title: 'nginx can read its configuration',
  why: 'nginx reads all of its configuration before it starts, and ends at the first line that it cannot take.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['nginxFaults'],
  uses: ['buildsElse'],
  *run({nginxFaults, buildsElse}) {
    for (const fault of nginxFaults) {
      const [message, hint] = told(fault)
      yield {
        message: `${message}: nginx stops before it starts`,
        at: fault.at,
        hint,
        // A supervisor goes on with the others.
        ...((buildsElse || !fault.certain) && {severity: 'warning' as const}),
      }
    }
  },
})

function told({kind, name, path, isMain, distribution, first}: Fault): [string, string] {
  const folder = {debian: 'conf.d', alpine: 'http.d'}[distribution ?? 'debian']
  const whose = {debian: 'Debian’s nginx.conf', alpine: 'Alpine’s nginx.conf', image: 'the image of nginx'}[
    distribution ?? 'image'
  ]
  switch (kind) {
    case 'braces':
      return [
        `nginx takes the brace in this pattern of ${name} for the beginning of a block`,
        'Put the whole pattern in double quotes: braces are its own only there.',
      ]
    case 'place':
      return isMain
        ? [
            `${path} has ${name} outside of http ("${name}" directive is not allowed here)`,
            `Copy the file to /etc/nginx/${folder}/default.conf, which ${whose} includes in http, or write events {} and http { … } around it.`,
          ]
        : [
            `${path} is read within http, where no ${name} can be ("${name}" directive is not allowed here)`,
            /^(?:location|listen|server_name|try_files|proxy_pass)$/.test(name)
              ? 'Write server { … } around it.'
              : `Copy a whole configuration to /etc/nginx/nginx.conf; in ${folder} write the server alone.`,
          ]
    case 'events':
      return [`${path} has no events (no "events" section in configuration)`, 'Add a line: events {}']
    case 'unended':
      return [`${name} is not ended by ;`, 'Write ; behind its last value.']
    case 'open':
      return [`the block of ${name} is not closed (unexpected end of file, expecting "}")`, 'Write } where it ends.']
    case 'close':
      return ['this brace closes no block (unexpected "}")', 'Take it out.']
    case 'twice':
      return first === 'command'
        ? [
            `the command of nginx sets ${name} by -g, and ${path} sets it again ("${name}" directive is duplicate)`,
            'Take it out of the file, or out of the command.',
          ]
        : first === 'http'
          ? [
              `${path} sets ${name} in http, where ${whose} does so already ("duplicate")`,
              'Move it into server { … }, or take it out.',
            ]
          : [`the same block has ${name} already ("duplicate")`, 'Take one of the two out.']
  }
}
