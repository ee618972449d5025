import check from '../../../checks/image/java-archive.ts'
import {testCheck} from '../../harness.ts'

const plugin = (name: string) => `<build><plugins><plugin><artifactId>${name}</artifactId></plugin></plugins></build>`
const pom = (more = '', parent = 'spring-boot-starter-parent', version = '3.3.2') =>
  `<project>\n<parent>\n<artifactId>${parent}</artifactId>\n<version>${version}</version>\n</parent>\n<artifactId>shop</artifactId>\n<version>1.0.0</version>\n${more}\n</project>\n`
const project = (
  text: string,
  {
    command = '["java", "-jar", "/app.jar"]',
    run = 'mvn -B package',
    files = {},
  }: {command?: string; run?: string; files?: Record<string, string>} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /app\nCOPY . .\nRUN ${run}\nFROM eclipse-temurin:21-jre\nCOPY --from=build /app/target/shop-1.0.0.jar /app.jar\nENTRYPOINT ${command}\n`,
    'pom.xml': text,
    ...files,
  },
})
const starts = (name: string) => ({command: `["java", "${name}"]`})
const [old, launch] = [
  'org.springframework.boot.loader.JarLauncher',
  'org.springframework.boot.loader.launch.JarLauncher',
]

testCheck(check, {
  clean: {
    'the plugin of Spring Boot': project(pom(plugin('spring-boot-maven-plugin'))),
    'an archive that is shaded': project(pom(plugin('maven-shade-plugin'))),
    'a plugin that is not known': project(pom(plugin('quarkus-maven-plugin'))),
    'a main class that is named': project(pom('<properties><exec.mainClass>shop.Main</exec.mainClass></properties>')),
    'another parent, which may have the plugin': project(pom('', 'company-parent')),
    profiles: project(pom('<profiles><profile><id>prod</id></profile></profiles>')),
    'several modules': project(pom(), {files: {'api/pom.xml': pom(plugin('spring-boot-maven-plugin'))}}),
    'a goal that is named': project(pom(), {run: 'mvn -B package spring-boot:repackage'}),
    'a class on the path': project(pom(), {command: '["java", "-cp", "/app.jar", "shop.Main"]'}),
    'the launcher of 3.2': project(pom(plugin('spring-boot-maven-plugin')), starts(launch as string)),
    'the launcher of 3.1': project(
      pom(plugin('spring-boot-maven-plugin'), 'spring-boot-starter-parent', '3.1.5'),
      starts(old as string),
    ),
    'the older loader, asked for': project(
      pom(`${plugin('spring-boot-maven-plugin')}<!-- <loaderImplementation>CLASSIC</loaderImplementation> -->`),
      starts(old as string),
    ),
    'a version that is not known': project(pom('', 'company-parent'), starts(old as string)),
  },
  flagged: {
    'no plugin': {
      ...project(pom(plugin('maven-compiler-plugin'))),
      expect: [
        'error Dockerfile:7:1 ENTRYPOINT starts /app.jar, and no plugin of pom.xml writes a main class into it: Java ends with “no main manifest attribute”',
      ],
    },
    'the launcher of an earlier version': {
      ...project(pom(plugin('spring-boot-maven-plugin')), starts(old as string)),
      expect: [`error Dockerfile:7:1 ENTRYPOINT starts ${old}, which Spring Boot 3.3 does not have`],
    },
    'the launcher of a later version': {
      ...project('<project/>', {
        ...starts(launch as string),
        files: {'build.gradle': "plugins {\n\tid 'org.springframework.boot' version '2.7.18'\n}\n"},
      }),
      expect: [`error Dockerfile:7:1 ENTRYPOINT starts ${launch}, which Spring Boot 2.7 does not have`],
    },
  },
})
