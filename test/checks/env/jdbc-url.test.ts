import check from '../../../checks/env/jdbc-url.ts'
import {testCheck} from '../../harness.ts'

const boot = "plugins {\n  id 'org.springframework.boot' version '3.3.2'\n}\n"
const project = (files: Record<string, string>, env = '') => ({
  files: {'fly.toml': `app = "shop"\n${env && `[env]\n${env}\n`}`, 'build.gradle': boot, ...files},
})
const resources = 'src/main/resources'
const property = {[`${resources}/application.properties`]: 'spring.datasource.url=${DATABASE_URL}\n'}
const says = 'DATABASE_URL is taken as it is, and flyctl sets it as postgres://…: it must begin with jdbc:postgresql://'

testCheck(check, {
  clean: {
    'a variable of its own': project({[`${resources}/application.properties`]: 'spring.datasource.url=${JDBC_URL}\n'}),
    'a default, which tells how it is written': project({
      [`${resources}/application.properties`]:
        'spring.datasource.url=${DATABASE_URL:jdbc:postgresql://localhost/shop}\n',
    }),
    'a part of the URL': project({
      [`${resources}/application.properties`]: 'spring.datasource.url=jdbc:${DATABASE_URL}\n',
    }),
    'code that reads it': project({...property, 'src/main/java/Database.java': 'System.getenv("DATABASE_URL")\n'}),
    'a script that sets another one': project({...property, 'start.sh': 'export SPRING_DATASOURCE_URL="jdbc:$X"\n'}),
    'an example with jdbc': project({...property, '.env.example': 'DATABASE_URL=jdbc:postgresql://localhost/shop\n'}),
    'code that makes the DataSource': project(
      {'src/main/java/Database.java': 'return DataSourceBuilder.create().url(url).build();\n'},
      'SPRING_DATASOURCE_URL = "postgres://db.internal:5432/shop"',
    ),
    'another library': project({...property, 'build.gradle': "plugins {\n  id 'java'\n}\n"}),
    'a value with jdbc': project({}, 'SPRING_DATASOURCE_URL = "jdbc:postgresql://db.internal:5432/shop"'),
    'the url of something else': project({
      [`${resources}/application.yml`]: 'shop:\n  datasource:\n    name: a\n  mail:\n    url: ${DATABASE_URL}\n',
    }),
  },
  flagged: {
    'a property': {...project(property), expect: [`warning ${resources}/application.properties:1:23 ${says}`]},
    'a property of YAML': {
      ...project({
        [`${resources}/application-prod.yml`]:
          'spring:\n  datasource:\n    driver-class-name: org.postgresql.Driver\n    url: ${DATABASE_URL}\n',
      }),
      expect: [`warning ${resources}/application-prod.yml:4:10 ${says}`],
    },
    'a value': {
      ...project({}, 'SPRING_DATASOURCE_URL = "postgres://db.internal:5432/shop"'),
      expect: ['error fly.toml:3:1 SPRING_DATASOURCE_URL begins with postgres, and must begin with jdbc:postgresql://'],
    },
  },
})
