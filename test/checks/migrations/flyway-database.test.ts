import flywayDatabase from '../../../checks/migrations/flyway-database.ts'
import {testCheck} from '../../harness.ts'

const dependency = (group: string, artifact: string, more = '') =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${more}</dependency>\n`
const flyway = (more = '') => dependency('org.flywaydb', 'flyway-core', more)
const postgres = dependency('org.postgresql', 'postgresql')
const boot = (version: string) =>
  `<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${version}</version></parent>\n`
const image = (build: string) =>
  `FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nRUN ${build}\nCMD ["java", "-jar", "a.jar"]\n`

const maven = (pom: string, files: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: image('./mvnw package'), 'pom.xml': pom, ...files},
})
const gradle = (version: string, dependencies: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: image('./gradlew bootJar'),
    'build.gradle.kts': `plugins {\n  id("org.springframework.boot") version "${version}"\n}\ndependencies {\n${dependencies}}\n`,
    ...files,
  },
})
const both = '  implementation("org.flywaydb:flyway-core")\n  runtimeOnly("org.postgresql:postgresql")\n'
const told = (file: string, line: string, because: string) => [
  `warning ${file}:${line} nothing brings flyway-database-postgresql, by which Flyway knows Postgres (${because}): the app ends as it starts with "Unsupported Database: PostgreSQL"`,
]

testCheck(flywayDatabase, {
  clean: {
    'Maven: the package is there': maven(
      boot('3.4.1') + flyway() + dependency('org.flywaydb', 'flyway-database-postgresql') + postgres,
    ),
    'Gradle: a file that the build applies has it': gradle('3.4.1', both, {
      'gradle/database.gradle': 'dependencies { runtimeOnly "org.flywaydb:flyway-database-postgresql" }\n',
    }),
    'Maven: Spring Boot of before': maven(boot('3.2.5') + flyway() + postgres),
    'Maven: Flyway of before': maven(boot('3.4.1') + flyway('<version>9.22.3</version>') + postgres),
    'Maven: a version that is not read': maven(boot('3.4.1') + flyway('<version>${flyway}</version>') + postgres),
    'Maven: another parent': maven(flyway() + postgres),
    'Maven: another database as well': maven(
      boot('3.4.1') + flyway() + postgres + dependency('com.h2database', 'h2', '<scope>runtime</scope>'),
    ),
    'Maven: Flyway in a comment, and for tests': maven(
      `${boot('3.4.1')}<!-- ${flyway()} -->\n${flyway('<scope>test</scope>')}${postgres}`,
    ),
    'Maven: switched off': maven(boot('3.4.1') + flyway() + postgres, {
      'src/main/resources/application.yml': 'spring:\n  flyway:\n    enabled: false\n',
    }),
    'Maven: switched off in code': maven(boot('3.4.1') + flyway() + postgres, {
      'src/main/java/shop/ShopApplication.java': '@SpringBootApplication(exclude = FlywayAutoConfiguration.class)\n',
    }),
    'Maven: another module has it': maven(boot('3.4.1') + flyway() + postgres, {
      'db/pom.xml': dependency('org.flywaydb', 'flyway-database-postgresql'),
    }),
    'Maven: a pom that the image does not build': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
        'pom.xml': boot('3.4.1') + flyway() + postgres,
      },
    },
    'Gradle: the package is there': gradle(
      '3.4.1',
      `${both}  runtimeOnly("org.flywaydb:flyway-database-postgresql")\n`,
    ),
    'Gradle: Spring Boot of before': gradle('3.2.0', both),
    'Gradle: in a comment': gradle(
      '3.4.1',
      '  // implementation("org.flywaydb:flyway-core")\n  runtimeOnly("org.postgresql:postgresql")\n',
    ),
  },
  flagged: {
    'Maven: of Spring Boot': {
      ...maven(boot('3.3.0') + flyway() + postgres + dependency('com.h2database', 'h2', '<scope>test</scope>')),
      expect: told('pom.xml', '2:44', 'Spring Boot 3.3.0'),
    },
    'Maven: by its own version': {
      ...maven(`${flyway('<version>10.20.0</version>')}${postgres}`),
      expect: told('pom.xml', '1:44', 'Flyway 10.20.0'),
    },
    'Gradle: of Spring Boot': {
      ...gradle('4.0.2', `${both}  testImplementation("com.h2database:h2")\n`),
      expect: told('build.gradle.kts', '5:19', 'Spring Boot 4.0.2'),
    },
  },
})
