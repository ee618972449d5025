import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/jdbc-url',
  title: 'the database of Spring Boot begins with jdbc:',
  why: 'flyctl sets DATABASE_URL as postgres://…, and a driver of Java takes jdbc:postgresql://… alone: the app ends as it starts.',
  // A secret may have been written by hand.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['jdbcUrls'],
  *run({jdbcUrls}) {
    for (const {kind, name, at} of jdbcUrls) {
      yield {
        message:
          kind === 'value'
            ? `${name} begins with postgres, and must begin with jdbc:postgresql://`
            : `${name} is taken as it is, and flyctl sets it as postgres://…: it must begin with jdbc:postgresql://`,
        at,
        hint: 'Set SPRING_DATASOURCE_URL to jdbc:postgresql://HOST:5432/NAME, with SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, as secrets.',
        ...(kind === 'value' && {severity: 'error'}),
      }
    }
  },
})
