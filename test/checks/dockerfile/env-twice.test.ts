import check from '../../../checks/dockerfile/env-twice.ts'
import {testCheck} from '../../harness.ts'

const file = (dockerfile: string) => ({files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM debian\n${dockerfile}`}})

testCheck(check, {
  clean: {
    'two variables': file('ENV A=1\nENV B=2\n'),
    'a RUN reads the first': file('ENV A=1\nRUN ./build\nENV A=2\n'),
    'the second builds on the first': file('ENV A=/x\nENV A=$A:/y\n'),
    'another instruction reads it': file('ENV A=/x\nWORKDIR ${A}\nENV A=/y\n'),
    'the same value, in quotes or not': file('ENV A=1\nENV A="1"\n'),
    'another stage': file('ENV A=1\nFROM debian\nENV A=2\n'),
  },
  flagged: {
    'a value that nothing reads': {
      ...file('ENV A=/litefs\nENV A=/data\n'),
      expect: ['warning Dockerfile:3:1 A gets a second value here, so that the first, set before, does nothing'],
    },
    'in the old form': {
      ...file('ENV A /litefs\nLABEL b=c\nENV A /data\n'),
      expect: ['warning Dockerfile:4:1 A gets a second value here, so that the first, set before, does nothing'],
    },
  },
})
