import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/php-extensions',
  title: 'the image has the PHP extensions that composer asks for',
  why: 'composer install stops where a package requires an extension that the PHP of the image does not have.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['phpExtensions'],
  uses: ['buildsElse'],
  *run({phpExtensions, buildsElse}) {
    // One command stops once, for all of them.
    const [first] = phpExtensions
    if (!first) return
    const missing = phpExtensions.filter(({at, image}) => at.line === first.at.line && image === first.image)
    const names = missing.map(({name}) => name)
    const list = names.map((name) => `ext-${name}`)
    const certain = missing.some((each) => each.certain)
    const outcome = first.atRuntime
      ? 'what uses it ends with an error in the machine'
      : `composer ${certain ? 'stops' : 'may stop'} here`
    const [, version = '8.x'] = /(?<![\d.])([\d.]{1,20})\.txt$/.exec(first.list ?? '') ?? []
    yield {
      message: `${first.image} has no ${list.join(', ')}, which ${first.by} requires${names.length > 1 ? ' or a package does' : ''}: ${outcome}`,
      at: first.at,
      related: missing.map(({required}) => required),
      hint: first.list
        ? `Add ${names.map((name) => `php${version}-${name}`).join(' and ')} to ${first.list}, beside the others.`
        : first.isPhp
          ? `Install ${names.length > 1 ? 'them' : 'it'}${first.atRuntime ? '' : ' before'}: COPY --from=mlocati/php-extension-installer /usr/bin/install-php-extensions /usr/local/bin/ and RUN install-php-extensions ${names.join(' ')}`
          : `Run composer in the stage that has PHP with ${names.length > 1 ? 'them' : 'it'}: COPY --from=composer /usr/bin/composer /usr/bin/composer; or leave the demand to that stage: composer install ${list.map((name) => `--ignore-platform-req=${name}`).join(' ')}`,
      ...((buildsElse || !certain) && {severity: 'warning'}),
      ...(first.atRuntime && {failsAt: 'runtime'}),
    }
  },
})
