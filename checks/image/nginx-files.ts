import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/nginx-files',
  title: 'nginx finds the files that its configuration names',
  why: 'nginx ends at once where a file is missing that it includes, or a certificate that it serves.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['missingNginxFiles'],
  *run({missingNginxFiles}) {
    for (const {directive, path, at, isOfDebian, isAlpine} of missingNginxFiles) {
      const isCertificate = /^ssl_/.test(directive)
      yield {
        message: `${directive} names ${path}, which is not in the image: nginx stops before it starts${isOfDebian ? ` (the package of Debian has it, and not ${isAlpine ? 'that of Alpine' : 'the image of nginx'})` : ''}`,
        at,
        hint: isCertificate
          ? 'Take the lines of TLS out, and listen without ssl: Fly.io’s proxy has the certificate, and speaks plain HTTP to the app.'
          : isOfDebian
            ? `Copy such a file into the image: COPY ${path.split('/').at(-1)} ${path}; or write its lines in the place of the include.`
            : `Copy it into the image: COPY ${path.split('/').at(-1)} ${path}`,
      }
    }
  },
})
