import containers from '../../../checks/fly-config/containers.ts'
import {testCheck} from '../../harness.ts'

const compose = 'app = "shop"\n[build.compose]\n  file = "compose.yaml"\n'
const machine = 'app = "shop"\nmachine_config = "machine.json"\n'
const withServices = (yaml: string) => ({files: {'fly.toml': compose, 'compose.yaml': `services:\n${yaml}`}})
const withMachine = (json: unknown, more = '') => ({
  files: {'fly.toml': `${machine}${more}`, 'machine.json': JSON.stringify(json)},
})

testCheck(containers, {
  clean: {
    'a compose file as flyctl reads it': withServices(
      '  web:\n    build: .\n    ports: ["80:8080"]\n    depends_on: [redis]\n  redis:\n    image: redis:7\n',
    ),
    'one that flyctl finds by its name': {
      files: {'fly.toml': 'app = "shop"\n[build.compose]\n', 'docker-compose.yml': 'services:\n  a:\n    image: a\n'},
    },
    'a compose file in the working directory, not beside fly.toml': {
      files: {'deploy/fly.toml': compose, 'compose.yaml': 'services:\n  a:\n    image: a\n'},
      options: {config: 'deploy/fly.toml'},
    },
    'a machine_config of one container': withMachine({containers: [{name: 'web'}]}),
    'the container that is called app gets the image': withMachine({
      containers: [{name: 'log', image: 'log'}, {name: 'app'}],
    }),
    'JSON in fly.toml itself': {files: {'fly.toml': 'app = "shop"\nmachine_config = \'{"containers": []}\'\n'}},
  },
  flagged: {
    'no such compose file': {
      files: {'fly.toml': compose},
      expect: ['error fly.toml:3:3 the compose file compose.yaml does not exist'],
    },
    'no compose file at all': {
      files: {'fly.toml': 'app = "shop"\n[build.compose]\n'},
      expect: [
        'warning fly.toml:2:2 [build.compose] names no file, and there is no compose.yaml, compose.yml, docker-compose.yaml, docker-compose.yml in the working directory: the machine would run the image alone',
      ],
    },
    'a compose file that does not parse': {
      files: {'fly.toml': compose, 'compose.yaml': 'services:\n  a: b: c\n'},
      expect: [
        'error compose.yaml:2:6 this is no YAML: a second colon on the line: a value with a colon and a blank needs quotes',
      ],
    },
    "what only flyctl's parser may take": {
      files: {'fly.toml': compose, 'compose.yaml': 'services: [\n'},
      expect: ['warning compose.yaml:2:1 this is no YAML: this line is indented too little or too far'],
    },
    "a container without an image, in Go's letter cases": {
      ...withMachine({Containers: [{Name: 'a'}, {Name: 'b'}]}),
      expect: ['error machine.json:1:29 container b has no image, it must have one'],
    },
    'no services': {
      files: {'fly.toml': compose, 'compose.yaml': 'version: "3"\n'},
      expect: ['error compose.yaml:1:1 the compose file defines no services'],
    },
    'environment as a list': {
      ...withServices('  a:\n    image: a\n    environment:\n      - A=1\n'),
      expect: ['error compose.yaml:4:5 environment of service a is a list, and flyctl reads only NAME: value pairs'],
    },
    'ports in the long form': {
      ...withServices('  a:\n    image: a\n    ports:\n      - target: 80\n'),
      expect: [
        'error compose.yaml:5:9 ports of service a has an entry in the long form, and flyctl reads only strings',
      ],
    },
    'depends_on as a text': {
      ...withServices('  a:\n    image: a\n    depends_on: b\n'),
      expect: ['error compose.yaml:4:5 depends_on of service a is no list'],
    },
    'neither image nor build': {
      ...withServices('  a:\n    command: x\n'),
      expect: ['error compose.yaml:2:3 service a has neither image nor build, it must have one'],
    },
    'two services to build': {
      ...withServices('  a:\n    build: .\n  b:\n    build: b\n'),
      expect: ['error compose.yaml:5:5 2 services have build, and flyctl builds one image only'],
    },
    'a compose file that a step of the deploy writes': {
      files: {
        'fly.toml': compose,
        '.github/workflows/deploy.yml': 'run: |\n  envsubst < compose.tmpl > compose.yaml\n  flyctl deploy\n',
      },
      expect: ['warning fly.toml:3:3 the compose file compose.yaml does not exist'],
    },
    'no such machine_config': {
      files: {'fly.toml': machine},
      expect: ['error fly.toml:2:1 machine_config machine.json does not exist'],
    },
    'a machine_config that is no JSON file': {
      files: {'fly.toml': 'app = "shop"\nmachine_config = "machine.yaml"\n', 'machine.yaml': ''},
      expect: [
        'error fly.toml:2:1 machine_config is "machine.yaml", it must be JSON that begins with { or the path of a file that ends with .json',
      ],
    },
    'JSON that does not parse': {
      files: {'fly.toml': machine, 'machine.json': '{"containers": [}'},
      expect: ['error machine.json:1:17 machine_config: this is no JSON: a value must stand here'],
    },
    'a container that is not there': {
      ...withMachine({containers: [{name: 'a'}, {name: 'b', image: 'b'}]}, 'container = "web"\n'),
      expect: ['error fly.toml:3:1 container is "web", but machine_config has a, b'],
    },
    'a second container without an image': {
      ...withMachine({containers: [{name: 'a'}, {name: 'b'}]}),
      expect: ['error machine.json:1:29 container b has no image, it must have one'],
    },
  },
})
