import heapSize from '../../../checks/image/heap-size.ts'
import {testCheck} from '../../harness.ts'

const vm = (memory: string, more = '') => `app = "shop"\n${more}[[vm]]\n  memory = "${memory}"\n`
const project = (flyToml: string, dockerfile: string, more: Record<string, string> = {}) => ({
  files: {'fly.toml': flyToml, Dockerfile: dockerfile, 'shop.jar': '', 'server.js': '', ...more},
})
const java = (options: string, env = '') =>
  `FROM eclipse-temurin:21-jre\n${env}COPY shop.jar /shop.jar\nCMD java ${options} -jar /shop.jar\n`
const node = (env: string, command = 'node server.js') =>
  `FROM node:22-slim\nWORKDIR /app\nCOPY . .\n${env}CMD ${command}\n`

const pom = '<artifactId>spring-boot-starter-data-jpa</artifactId>\n'
const spring = (memory: string, {options = '', more = '', manifest = pom} = {}) =>
  project(vm(memory, more), java(options), {'pom.xml': `<project>\n${manifest}</project>\n`})

testCheck(heapSize, {
  clean: {
    'Spring Boot with Hibernate, and room for it': spring('512mb'),
    'Spring Boot with Hibernate, and swap': spring('256mb', {more: 'swap_size_mb = 512\n'}),
    'Spring Boot with Hibernate, which is told what to take': spring('256mb', {
      options: '-Xmx64m -XX:MaxMetaspaceSize=96m',
    }),
    'Spring Boot without Hibernate': spring('256mb', {manifest: '<artifactId>spring-boot-starter-web</artifactId>\n'}),
    'less than the machine has': project(vm('1gb'), java('-Xmx768m')),
    'it goes by the machine': project(vm('256mb'), java('-XX:MaxRAMPercentage=75')),
    'nobody says what the machine has': project('app = "shop"\n', java('-Xmx8g')),
    'swap is memory, too': project(vm('512mb', 'swap_size_mb = 1024\n'), java('-Xmx1g')),
    'an argument of the app': project(
      vm('512mb'),
      'FROM eclipse-temurin:21-jre\nCMD ["java", "-jar", "/shop.jar", "-Xmx4g"]\n',
    ),
    'the last one counts': project(vm('512mb'), java('-Xmx4g -Xmx256m')),
    'the command beats the variable': project(vm('512mb'), java('-Xmx256m', 'ENV JAVA_TOOL_OPTIONS=-Xmx4g\n')),
    'the build alone has it': project(
      vm('512mb'),
      `FROM node:22 AS build\nENV NODE_OPTIONS=--max-old-space-size=4096\nRUN true\n${node('')}`,
    ),
    'another group runs it': project(
      'app = "shop"\n[processes]\n  web = "nginx"\n  jobs = "java -Xmx2g -jar /shop.jar"\n[[vm]]\n  memory = "512mb"\n  processes = ["web"]\n[[vm]]\n  memory = "4gb"\n  processes = ["jobs"]\n',
      java(''),
    ),
    'the release command has a machine of its own': project(
      vm('512mb', '[deploy]\n  release_command = "java -Xmx2g -jar /shop.jar migrate"\n'),
      'FROM eclipse-temurin:21-jre\nCMD ["nginx"]\n',
    ),
  },
  flagged: {
    'Spring Boot with Hibernate': {
      ...spring('256mb', {options: '-XX:MaxRAMPercentage=75'}),
      expect: [
        'warning fly.toml:3:3 CMD starts Spring Boot with Hibernate, whose classes and code take some 300 MB beside the heap, and the machine has 256 MB: Linux kills it while it starts',
      ],
    },
    'in the command': {
      ...project(vm('512mb'), java('-Xmx2g')),
      expect: [
        'warning Dockerfile:3:1 -Xmx2g lets the heap of Java grow to 2048 MB, and the machine has 512 MB: it is killed before it cleans up',
      ],
    },
    'in a variable of [env], which beats that of the image': {
      ...project(
        vm('512mb', '[env]\n  JAVA_TOOL_OPTIONS = "-Xmx1024m"\n'),
        java('', 'ENV JAVA_TOOL_OPTIONS=-Xmx64m\n'),
      ),
      expect: [
        'warning fly.toml:3:3 -Xmx1024m of JAVA_TOOL_OPTIONS lets the heap of Java grow to 1024 MB, and the machine has 512 MB: it is killed before it cleans up',
      ],
    },
    'in the image, for npm start': {
      ...project(vm('512mb'), node('ENV NODE_OPTIONS="--max-old-space-size=4096"\n', 'npm start'), {
        'package.json': '{"scripts": {"start": "node server.js"}}',
      }),
      expect: [
        'warning Dockerfile:4:1 --max-old-space-size=4096 of NODE_OPTIONS lets the heap of Node.js grow to 4096 MB, and the machine has 512 MB: it is killed before it cleans up',
      ],
    },
    'all of the memory leaves nothing for the rest': {
      ...project(vm('1gb'), node('', 'node --max-old-space-size=1024 server.js')),
      expect: [
        'warning Dockerfile:4:1 --max-old-space-size=1024 lets the heap of Node.js grow to 1024 MB, and the machine has 1024 MB: it is killed before it cleans up',
      ],
    },
  },
})
