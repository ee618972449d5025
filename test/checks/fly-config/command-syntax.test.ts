import commandSyntax from '../../../checks/fly-config/command-syntax.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(commandSyntax, {
  clean: {
    'quotes that are closed': toml('[deploy]\nrelease_command = "sh -c \'a && b\'"\n'),
    'a quote within the other kind': toml('[processes]\nweb = "echo \\"don\'t\\""\n'),
    'a quote in a comment': toml('[processes]\nweb = "a # don\'t"\n'),
    'an escaped quote': toml('[processes]\nweb = "echo don\\\\\'t"\n'),
    'no command': toml('console_command = ""\n[deploy]\nrelease_command = ""\n[processes]\napp = ""\n'),
    'the seed command, which flyctl does not look at': toml('[deploy]\nseed_command = "it\'s"\n'),
  },
  flagged: {
    'in each of the three places': {
      ...toml(
        "console_command = 'echo \\'\n[deploy]\nrelease_command = \"it's\"\n[processes]\nweb = 'echo \"x'\nconstructor = \"don't\"\n",
      ),
      expect: [
        'error fly.toml:1:19 console_command ends with a backslash, and nothing follows that it could stand for',
        "error fly.toml:3:19 deploy.release_command opens a single quote (') that it never closes",
        'error fly.toml:5:7 processes.web opens a double quote (") that it never closes',
        "error fly.toml:6:15 processes.constructor opens a single quote (') that it never closes",
      ],
    },
    'in JSON': {
      files: {'fly.json': '{"deploy": {"release_command": "echo \\"x"}}'},
      expect: ['error fly.json:1:32 deploy.release_command opens a double quote (") that it never closes'],
    },
    'in YAML': {
      files: {'fly.yaml': "processes:\n  web: echo don't\n"},
      expect: ["error fly.yaml:2:8 processes.web opens a single quote (') that it never closes"],
    },
  },
})
